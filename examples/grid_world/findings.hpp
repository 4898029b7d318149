// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/solve.hpp>
#include <bellman/value/bellman_operator.hpp>

#include "../support/claims.hpp"
#include "number.hpp"
#include "step_rewards.hpp"
#include "value_iteration.hpp"
#include "world.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

// Everything that is found out, and what is claimed about it.
namespace grid_world {

inline fraction const step_reward_of_the_book(-1, 25);

/// How many sweeps of value iteration are looked at.
inline constexpr int last_sweep = 40;

struct findings {
  fraction step_reward;
  values best_value;
  arrows best;
  std::vector<sweep_result> sweeps;
  int settled = 0;  ///< from which sweep on the greedy moves are among the best
  std::vector<policy_range> ranges;
  std::string refused;  ///< what the library says of a step reward above 0
  support::claims claims;
};

namespace detail {

inline bool are_among(arrows const& some, arrows const& all) {
  return std::all_of(some.begin(), some.end(), [&](auto const& of) {
    auto const& best = all.at(of.first);
    return std::all_of(of.second.begin(), of.second.end(),
                       [&](move m) { return std::find(best.begin(), best.end(), m) != best.end(); });
  });
}

/// The step rewards between which the policies of the book's figure hold: the four ends of its fourth edition, and two
/// of the editions before.
inline constexpr std::array ends_of_the_book{-1.6497, -0.7311, -0.4526, -0.0274, -0.0850, -0.0221};
/// And two which the editions before have.
inline constexpr std::array wrong_ends_of_the_book{-1.6284, -0.4278};

inline bool is_an_end(std::vector<policy_range> const& ranges, double x) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](policy_range const& r) { return r.to && std::abs(rounded(*r.to) - x) < 5e-5; });
}

inline void claim_all(findings& f) {
  world<fraction> const here{f.step_reward};
  auto const next = bellman::bellman_optimality(here, 1)([&](square s) { return f.best_value.at(s); });
  bool equal = true;
  for (auto const& [s, v] : f.best_value) equal = equal && next(s) == v;
  f.claims.add("the values solve the Bellman optimality equation, exactly", equal);
  if (f.step_reward == step_reward_of_the_book) {
    f.claims.add("the start is worth 4119/5840, the 0.705 of the book",
                 f.best_value.at(start) == fraction(4119, 5840) && decimal(f.best_value.at(start), 3) == "0.705");
  }
  bool joined = !f.ranges.front().from && f.ranges.back().to == fraction(0);
  bool one_square = true, alike = true;
  for (std::size_t i = 0; i + 1 < f.ranges.size(); ++i) {
    auto const& end = f.ranges[i].to;
    joined = joined && end == f.ranges[i + 1].from;
    one_square = one_square && only_difference(f.ranges[i], f.ranges[i + 1]);
    alike = alike && value_at(f.ranges[i], *end) == value_at(f.ranges[i + 1], *end);
  }
  f.claims.add("the ranges of step rewards lie end to end, up to 0", joined);
  f.claims.add("from each to the next one square changes", one_square);
  f.claims.add("and where they meet both policies are worth the same, exactly", alike);
  bool found = true, not_found = true;
  for (double const x : ends_of_the_book) found = found && is_an_end(f.ranges, x);
  for (double const x : wrong_ends_of_the_book) not_found = not_found && !is_an_end(f.ranges, x);
  f.claims.add("six ends are in the book: -1.6497, -0.7311, -0.4526, -0.0274; -0.0850, -0.0221", found);
  f.claims.add("-1.6284 and -0.4278, in its editions before the fourth, are none", not_found);
  f.claims.add("with a step reward above 0 there is no best policy that ends, and the library says so",
               f.refused.find("a policy that never ends does better") != std::string::npos);
}

}  // namespace detail

/// Everything there is to find out. Throws `bellman::invalid_value` for a step reward with which nothing that ends is
/// the best.
inline findings find_out(fraction const& step_reward) {
  findings f{step_reward, {}, {}, {}, 0, {}, {}, {}};
  world<fraction> const here{step_reward};
  auto const [v, pi] = bellman::solve(here, 1);
  for (square const s : here.states()) {
    f.best_value[s] = v(s);
    auto const all = pi.optimal_actions(s);
    if (!all.empty()) f.best[s].assign(all.begin(), all.end());
  }
  f.sweeps = value_iteration(step_reward, last_sweep);
  for (sweep_result const& one : f.sweeps) {
    if (!detail::are_among(one.greedy, f.best)) f.settled = one.sweeps + 1;
  }
  f.ranges = ranges_below_zero();
  f.refused = refusal(fraction(1, 100));
  detail::claim_all(f);
  return f;
}

}  // namespace grid_world
