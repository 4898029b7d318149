// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/models/internal/known_values.hpp>
#include <bellman/probability/dirac.hpp>

#include <ranges>

namespace bellman::models {

/// `cliff_walking<F>`: a walk along a cliff, of 4 x 12 cells, from the lower left corner to the lower right one. A step
/// costs 1, one into the cliff between them costs 100 and leads back to the start; a step against the edge stays.
///
/// A state is the number of a cell, row by row from above: the start is 36, the goal 47; the actions are 0 up, 1 right,
/// 2 down, 3 left. The cells of the cliff, 37 to 46, are states as they are in Gymnasium, which nothing leads to.
///
/// *Arguments*: F: the numbers, of any field.
/// *Laws*: `solve` finds `optimal_value`: tests/models.
/// *Source*: Sutton and Barto, example 6.6; Gymnasium, `toy_text/cliffwalking.py`, CliffWalking-v0.
/// *Use*:
///     bellman::models::cliff_walking<>{}.optimal_value(36, 1) == -13
template <class F = double>
struct cliff_walking {
  using state_type = int;
  using action_type = int;
  using reward_type = F;

  static constexpr int up = 0, right = 1, down = 2, left = 3;

  constexpr auto states() const { return std::views::iota(0, 48); }
  constexpr auto actions(int) const { return std::views::iota(0, 4); }
  constexpr bool terminal(int s) const { return s == 47; }
  constexpr auto start() const { return dirac{36}; }

  constexpr auto transition(int s, int a) const {
    int next = s;
    if (a == up && s >= 12) next = s - 12;
    if (a == right && s % 12 < 11) next = s + 1;
    if (a == down && s < 36) next = s + 12;
    if (a == left && s % 12 > 0) next = s - 1;
    bool const falls = next > 36 && next < 47;
    return dirac{outcome{F(falls ? -100 : -1), falls ? 36 : next}};
  }

  /// How many steps it is to the goal: 13 from the start. From the lowest row but beside the goal one goes up first.
  static constexpr int steps_to_goal(int s) {
    if (s >= 46) return 47 - s;
    return s < 36 ? 11 - s % 12 + 3 - s / 12 : 11 - s % 12 + 2;
  }

  /// `-(1 + gamma + ... + gamma^(n - 1))`, n steps from the goal: of the start -13 with a discount of 1, and
  /// -7458134171671 / 10^12 with one of 9/10. A fall costs more than any way, whatever the discount.
  static constexpr F optimal_value(int s, F const& gamma) {
    if (s == 47) return F(0);
    return internal::value_of_way(steps_to_goal(s), -1, -1, gamma);
  }
};

}  // namespace bellman::models
