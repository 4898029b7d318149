// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/models/cliff_walking.hpp>
#include <bellman/models/gamblers_problem.hpp>
#include <bellman/models/random_walk.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cstddef>
#include <ranges>

#include "models/listed_mdp.hpp"

/// Models whose values stand in textbooks: Sutton and Barto, Reinforcement Learning, 2nd edition; Puterman, Markov
/// Decision Processes; and the two examples of MDPtoolbox.
namespace models {

using bellman::models::cliff_walking;
using bellman::models::gamblers_problem;
using bellman::models::random_walk;

/// Sutton and Barto, example 3.5: a grid of 5 x 5 cells. Leaving it costs 1 and moves nowhere; every action in
/// A = (0, 1) pays 10 and leads to (4, 1), in B = (0, 3) it pays 5 and leads to (2, 3).
template <class R>
struct grid_world {
  using state_type = int;
  using action_type = int;  // 0 north, 1 south, 2 east, 3 west
  using reward_type = R;

  constexpr auto states() const { return std::views::iota(0, 25); }
  constexpr auto actions(int) const { return std::views::iota(0, 4); }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int a) const {
    if (s == 1) return bellman::dirac{bellman::outcome{R(10), 21}};
    if (s == 3) return bellman::dirac{bellman::outcome{R(5), 13}};
    int const row = s / 5 + (a == 1) - (a == 0);
    int const column = s % 5 + (a == 2) - (a == 3);
    bool const inside = row >= 0 && row < 5 && column >= 0 && column < 5;
    return bellman::dirac{bellman::outcome{R(inside ? 0 : -1), inside ? 5 * row + column : s}};
  }
};

/// Sutton and Barto, example 4.1: a grid of 4 x 4 cells, two corners of which are the end; each step costs 1.
template <class R>
struct way_to_a_corner {
  using state_type = int;
  using action_type = int;  // 0 north, 1 south, 2 east, 3 west
  using reward_type = R;

  constexpr auto states() const { return std::views::iota(0, 16); }
  constexpr auto actions(int) const { return std::views::iota(0, 4); }
  constexpr bool terminal(int s) const { return s == 0 || s == 15; }
  constexpr auto transition(int s, int a) const {
    int const row = s / 4 + (a == 1) - (a == 0);
    int const column = s % 4 + (a == 2) - (a == 3);
    bool const inside = row >= 0 && row < 4 && column >= 0 && column < 4;
    return bellman::dirac{bellman::outcome{R(-1), inside ? 4 * row + column : s}};
  }
};

/// Puterman, section 3.1: two actions in the first state, one in the second.
template <class R>
constexpr listed_mdp<R> two_state_example() {
  return mdp_of_rows<R>(
      2, {{0, 0, R(1) / R(2), 0, R(5)}, {0, 0, R(1) / R(2), 1, R(5)}, {0, 1, R(1), 1, R(10)}, {1, 0, R(1), 1, R(-1)}});
}

/// MDPtoolbox's `small` example.
template <class R>
constexpr listed_mdp<R> small_example() {
  auto const tenths = [](int n) { return R(n) / R(10); };
  return mdp_of_rows<R>(2, {{0, 0, tenths(5), 0, R(5)},
                            {0, 0, tenths(5), 1, R(5)},
                            {0, 1, R(1), 1, R(10)},
                            {1, 0, tenths(8), 0, R(-1)},
                            {1, 0, tenths(2), 1, R(-1)},
                            {1, 1, tenths(1), 0, R(2)},
                            {1, 1, tenths(9), 1, R(2)}});
}

/// MDPtoolbox's `forest` example: a forest of three ages, which may burn; action 0 waits, action 1 cuts it.
template <class R>
constexpr listed_mdp<R> forest() {
  R const burns = R(1) / R(10);
  R const grows = R(9) / R(10);
  return mdp_of_rows<R>(3, {{0, 0, burns, 0, R(0)},
                            {0, 0, grows, 1, R(0)},
                            {0, 1, R(1), 0, R(0)},
                            {1, 0, burns, 0, R(0)},
                            {1, 0, grows, 2, R(0)},
                            {1, 1, R(1), 0, R(1)},
                            {2, 0, burns, 0, R(4)},
                            {2, 0, grows, 2, R(4)},
                            {2, 1, R(1), 0, R(2)}});
}

/// Puterman, sections 3.2 and 4.6.1: a stock of up to three items for three months. An order of `a` costs 4 + 2 a, an
/// item in stock 1 a month, an item sold brings 8; the demand is 0, 1 or 2 with probabilities 1/4, 1/2, 1/4. The state
/// is `4 * month + stock`; the one after the last month is the end.
template <class R>
struct inventory {
  using state_type = int;
  using action_type = int;
  using reward_type = R;

  static constexpr int months = 3;

  constexpr auto states() const { return std::views::iota(0, 4 * months + 4); }
  constexpr auto actions(int s) const { return std::views::iota(0, 4 - s % 4); }
  constexpr bool terminal(int s) const { return s >= 4 * months; }
  constexpr auto transition(int s, int a) const {
    int const stock = s % 4 + a;
    auto const with_demand = [&](int demand, R const& p) {
      int const sold = demand < stock ? demand : stock;
      R const reward = R(8 * sold - stock - (a > 0 ? 4 + 2 * a : 0));
      return bellman::weighted{bellman::outcome{reward, 4 * (s / 4 + 1) + stock - sold}, p};
    };
    R const quarter = R(1) / R(4);
    return std::array{with_demand(0, quarter), with_demand(1, R(1) / R(2)), with_demand(2, quarter)};
  }
};

}  // namespace models
