// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/action_value.hpp>

#include "number.hpp"
#include "value_iteration.hpp"
#include "world.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// How the best policy changes with the step reward.
//
// The value of a policy is a straight line over the step reward, and a dual number that is solved for at one point has
// the whole line. A policy is the best between the points where another move's line crosses that of its own move. So
// the points where the policy changes are fractions, and are found without a search.
namespace grid_world {

/// A range of step rewards over which the best moves are the same; an end that is missing is infinite.
struct policy_range {
  std::optional<fraction> from, to;
  arrows best;

  move best_move(square s) const { return best.at(s).front(); }
};

/// The range that has a step reward within.
inline policy_range range_around(fraction const& step_reward) {
  world<fraction> const here{step_reward};
  auto const pi = bellman::solve(here, 1).policy;
  policy_range found;
  for (square const s : here.states()) {
    auto const all = pi.optimal_actions(s);
    if (!all.empty()) found.best[s].assign(all.begin(), all.end());
  }
  using line = bellman::dual<fraction>;
  world<fraction, line> const moving{line::variable(step_reward)};
  auto const value = bellman::state_value(
      moving, [&](square s) { return found.best_move(s); }, 1);
  auto const q = bellman::action_value(moving, 1, value);
  for (auto const& [s, own] : found.best) {
    for (move const m : moves) {
      line const better_by = value(s) - q(s, m);
      fraction const slope = better_by.derivative[0];
      if (slope == 0) continue;
      fraction const crossing = step_reward - better_by.value / slope;
      if (slope < 0 && (!found.to || crossing < *found.to)) found.to = crossing;
      if (slope > 0 && (!found.from || *found.from < crossing)) found.from = crossing;
    }
  }
  return found;
}

namespace detail {

// The first number of six decimals above x: a short fraction, so that what is solved with it is not too long.
inline fraction just_above(fraction const& x) {
  bellman::integer512 const million = 1'000'000;
  bellman::integer512 whole = x.numerator() * million / x.denominator();
  while (fraction(whole, million) <= x) ++whole;
  return {whole, million};
}

}  // namespace detail

/// All ranges below 0, from the one that has no end. Throws `std::logic_error` if one was jumped over.
inline std::vector<policy_range> ranges_below_zero() {
  std::vector<policy_range> all{range_around(fraction(-10))};
  while (all.back().to && *all.back().to < 0) {
    auto next = range_around(detail::just_above(*all.back().to));
    if (next.from != all.back().to) throw std::logic_error("two policies change within a millionth of each other");
    all.push_back(std::move(next));
  }
  return all;
}

/// The square in which two policies differ, where it is one.
inline std::optional<square> only_difference(policy_range const& a, policy_range const& b) {
  std::optional<square> found;
  for (auto const& [s, own] : a.best) {
    if (own == b.best.at(s)) continue;
    if (found) return std::nullopt;
    found = s;
  }
  return found;
}

/// The values of a range's policy at a step reward, in the range or not.
inline values value_at(policy_range const& range, fraction const& step_reward) {
  world<fraction> const here{step_reward};
  auto const v = bellman::state_value(
      here, [&](square s) { return range.best_move(s); }, 1);
  values all;
  for (square const s : here.states()) all[s] = v(s);
  return all;
}

/// What the library says of a step reward, where it gives no values.
inline std::string refusal(fraction const& step_reward) {
  try {
    (void)bellman::solve(world<fraction>{step_reward}, 1);
    return "";
  } catch (bellman::invalid_value const& e) {
    return e.what();
  }
}

}  // namespace grid_world
