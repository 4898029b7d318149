// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/sweep.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/bellman_operator.hpp>

#include "number.hpp"
#include "world.hpp"

#include <algorithm>
#include <map>
#include <vector>

// Value iteration, sweep by sweep.
namespace grid_world {

template <class T>
using board = std::map<square, T>;

using values = board<fraction>;

/// The best moves of each square that is no end.
using arrows = board<std::vector<move>>;

/// The values after so many sweeps from zero, and the moves that are the best if they are right.
struct sweep_result {
  int sweeps;
  values value;
  arrows greedy;
};

namespace detail {

template <class Value>
arrows greedy_moves(world<fraction> const& here, Value const& v) {
  auto const q = bellman::action_value(here, 1, v);
  arrows all;
  for (square const s : here.states()) {
    if (here.terminal(s)) continue;
    fraction best = q(s, move::up);
    for (move const m : moves) best = std::max<fraction>(best, q(s, m));
    for (move const m : moves) {
      if (q(s, m) == best) all[s].push_back(m);
    }
  }
  return all;
}

}  // namespace detail

/// The values after 0, 1, ..., `last` sweeps of the Bellman optimality operator.
inline std::vector<sweep_result> value_iteration(fraction const& step_reward, int last) {
  world<fraction> const here{step_reward};
  auto const table = bellman::tabulate(here);
  auto const T = bellman::bellman_optimality(table, 1);
  std::vector<fraction> v(table.size()), next(table.size());
  std::vector<sweep_result> all;
  for (int sweeps = 0; sweeps <= last; ++sweeps) {
    values now;
    for (square const s : here.states()) now[s] = v[table.index(s)];
    auto greedy = detail::greedy_moves(here, [&](square s) { return now.at(s); });
    all.push_back({sweeps, std::move(now), std::move(greedy)});
    bellman::sweep(T, table, v, next);
    std::swap(v, next);
  }
  return all;
}

/// The largest difference of two values.
inline fraction apart(values const& v, values const& w) {
  fraction most(0);
  for (auto const& [s, x] : v) most = std::max<fraction>(most, boost::abs(fraction(x - w.at(s))));
  return most;
}

}  // namespace grid_world
