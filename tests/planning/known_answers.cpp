// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cstddef>
#include <ranges>

#include "models/recycling_robot.hpp"
#include "models/textbook.hpp"
#include "planning/cases.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::rational512;
using bellman::test::absolutely_close;
using bellman::test::cycle;
using bellman::test::go_round;
using bellman::test::one;
using bellman::test::true_at_both_times;

constexpr auto any_of_four = [](int) { return bellman::uniform(std::views::iota(0, 4)); };

}  // namespace

TEST_CASE("the two-state cycle has the value of a geometric series") {
  // Going round: V(0) = (3 - gamma) / (1 - gamma^2), V(1) = (3 gamma - 1) / (1 - gamma^2).
  CHECK(true_at_both_times([] {
    rational const g(2, 3);
    auto const v = bellman::state_value(cycle{}, go_round, g);
    return v(0) == rational(21, 5) && v(1) == rational(9, 5);
  }));
}

TEST_CASE("the robot that always searches and recharges has the value of its two equations") {
  // h = 2 + g (3/4 h + 1/4 l), l = g h: h = 2 / (1 - 3/4 g - 1/4 g^2).
  CHECK(true_at_both_times([] {
    using models::battery;
    using models::deed;
    rational const g(1, 2);
    auto const v = bellman::state_value(
        models::recycling_robot<rational>{},
        [](battery s) { return s == battery::high ? deed::search : deed::recharge; }, g);
    return v(battery::high) == rational(32, 9) && v(battery::low) == rational(16, 9);
  }));
}

TEST_CASE("Puterman's two-state example has the closed form of its book") {
  // Example 6.2.1: (5 - 11/2 beta) / ((1 - beta / 2) (1 - beta)) and -1 / (1 - beta), for beta > 10/11.
  auto const holds = [](rational beta) {
    auto const v = bellman::solve(models::two_state_example<rational>(), beta).value;
    return v(0) == (5 - rational(11, 2) * beta) / ((one - beta / 2) * (one - beta)) && v(1) == -one / (one - beta);
  };
  STATIC_REQUIRE(holds(rational(19, 20)));
  for (auto beta : {rational(11, 12), rational(19, 20), rational(99, 100)}) CHECK(holds(beta));
  CHECK(true_at_both_times([] {
    auto const best = bellman::solve(models::two_state_example<rational>(), rational(19, 20));
    return best.value(0) == rational(-60, 7) && best.value(1) == rational(-20) &&
           best.policy.optimal_actions(0).size() == 1 && best.policy.optimal_actions(0)[0] == 0;
  }));
}

TEST_CASE("MDPtoolbox's examples have their known fractions") {
  CHECK(true_at_both_times([] {
    auto const best = bellman::solve(models::small_example<rational>(), rational(9, 10));
    return best.value(0) == rational(1825, 43) && best.value(1) == rational(1550, 43) &&
           best.policy.optimal_actions(0)[0] == 1 && best.policy.optimal_actions(1)[0] == 0;
  }));
  CHECK(true_at_both_times([] {
    auto const v = bellman::solve(models::small_example<rational>(), rational(96, 100)).value;
    return v(0) == rational(22250, 221) && v(1) == rational(20875, 221);
  }));
  CHECK(true_at_both_times([] {
    auto const v = bellman::solve(models::forest<rational>(), rational(9, 10)).value;
    return v(0) == rational(6561, 250) && v(1) == rational(7371, 250) && v(2) == rational(8371, 250);
  }));
  CHECK(true_at_both_times([] {
    // The policy 0, 1, 0: x0 = g (x0 / 10 + 9/10 x1), x1 = 1 + g x0, x2 = 4 + g (x0 / 10 + 9/10 x2).
    auto const v = bellman::state_value(
        models::forest<rational>(), [](int s) { return s == 1 ? 1 : 0; }, rational(9, 10));
    return v(0) == rational(810, 181) && v(1) == rational(910, 181) && v(2) == rational(79690, 3439);
  }));
}

TEST_CASE("Puterman's inventory has the values of its book") {
  CHECK(true_at_both_times([] {
    auto const best = bellman::solve(models::inventory<rational>{}, rational(1));
    constexpr std::array<long long, 12> sixteenths{67, 129, 194, 227, 32, 100, 160, 168, 0, 80, 96, 80};
    constexpr std::array<int, 12> orders{3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0};
    for (int s = 0; s < 12; ++s) {
      auto const i = static_cast<std::size_t>(s);
      auto const actions = best.policy.optimal_actions(s);
      if (best.value(s) != rational(sixteenths[i], 16) || actions.size() != 1 || actions[0] != orders[i]) return false;
    }
    return true;
  }));
}

TEST_CASE("the grid of Sutton and Barto's example 3.5 has the values of their figures") {
  models::grid_world<double> const grid;
  constexpr std::array random_play{3.3, 8.8,  4.4,  5.3,  1.5,  1.5,  3.0,  2.3,  1.9,  0.5,  0.1,  0.7, 0.7,
                                   0.4, -0.4, -1.0, -0.4, -0.4, -0.6, -1.2, -1.9, -1.3, -1.2, -1.4, -2.0};
  constexpr std::array best_play{22.0, 24.4, 22.0, 19.4, 17.5, 19.8, 22.0, 19.8, 17.8, 16.0, 17.8, 19.8, 17.8,
                                 16.0, 14.4, 16.0, 17.8, 16.0, 14.4, 13.0, 14.4, 16.0, 14.4, 13.0, 11.7};
  auto const v = bellman::state_value(grid, any_of_four, 0.9);
  auto const v_star = bellman::solve(grid, 0.9).value;
  for (std::size_t s = 0; s < 25; ++s) {
    CHECK(absolutely_close(v(static_cast<int>(s)), random_play[s], 0.0501));
    CHECK(absolutely_close(v_star(static_cast<int>(s)), best_play[s], 0.0501));
  }
  // From A one is back after five steps: 10 / (1 - gamma^5).
  CHECK(bellman::solve(models::grid_world<rational512>{}, rational512(9, 10)).value(1) == rational512(1000000, 40951));
}

TEST_CASE("the way to a corner of example 4.1 has the values of the figure") {
  constexpr std::array random_play{0, -14, -20, -22, -14, -18, -20, -20, -20, -20, -18, -14, -22, -20, -14, 0};
  constexpr std::array steps{0, 1, 2, 3, 1, 2, 3, 2, 2, 3, 2, 1, 3, 2, 1, 0};
  auto const v = bellman::state_value(models::way_to_a_corner<rational512>{}, any_of_four, rational512(1));
  auto const v_star = bellman::solve(models::way_to_a_corner<rational>{}, rational(1)).value;
  for (std::size_t s = 0; s < 16; ++s) {
    CHECK(v(static_cast<int>(s)) == rational512(random_play[s]));
    CHECK(v_star(static_cast<int>(s)) == rational(-steps[s]));
  }
}
