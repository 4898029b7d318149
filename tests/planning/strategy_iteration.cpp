// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/strategy_iteration.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solve_turn_game.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/turn_choice.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>

#include "models/listed_mdp.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace strategy_iteration_tests {

using bellman::rational;
using bellman::solve_turn_game;
using bellman::strategy_iteration;
using bellman::test::true_at_both_times;

// Four positions that all lead to each other, with chance; the even ones are the maximiser's.
constexpr auto ring() {
  rational const half(1, 2);
  return models::mdp_of_rows<rational>(4, {{0, 0, rational(1), 1, rational(2)},
                                           {0, 1, half, 2, rational(-1)},
                                           {0, 1, half, 3, rational(4)},
                                           {1, 0, rational(1), 2, rational(1)},
                                           {1, 1, half, 0, rational(3)},
                                           {1, 1, half, 1, rational(-2)},
                                           {2, 0, rational(1), 2, rational(1, 3)},
                                           {2, 1, rational(1), 3, rational(-1)},
                                           {3, 0, rational(1), 0, rational(0)},
                                           {3, 1, half, 1, rational(2)},
                                           {3, 1, half, 2, rational(1)}});
}
constexpr auto even = [](int s) { return s % 2 == 0; };
constexpr std::size_t at(int i) { return static_cast<std::size_t>(i); }

TEST_CASE("the operator leaves the values as they are, and each player is held to them") {
  auto const [v, pi] = solve_turn_game(ring(), even, rational(2, 3));
  bellman::bellman_operator const T(ring(), bellman::turn_choice{even}, bellman::discount(rational(2, 3)));
  auto const again = T(v);
  auto const played = bellman::state_value(
      ring(), [&](int s) { return pi.action(s); }, rational(2, 3));
  for (int s = 0; s < 4; ++s) {
    CHECK(again(s) == v(s));
    CHECK(played(s) == v(s));
  }
  CHECK(v.error_bound() == rational(0));
  for (int code = 0; code < 16; ++code) {
    auto const one_changes = [&](bool his) {
      return bellman::state_value(
          ring(), [&](int s) { return even(s) == his ? (code >> s) & 1 : pi.action(s); }, rational(2, 3));
    };
    for (int s = 0; s < 4; ++s) {
      CHECK(one_changes(true)(s) <= v(s));
      CHECK(v(s) <= one_changes(false)(s));
    }
  }
}

TEST_CASE("by name or by itself, the values are the best of what each strategy keeps at worst, of all of them") {
  rational const gamma(2, 3);
  auto const by_itself = solve_turn_game(ring(), even, gamma).value;
  auto const by_name = solve_turn_game(ring(), even, gamma, strategy_iteration{}).value;
  // Two states of each player with two actions: four strategies each, and a chain for any two of them.
  std::array<std::array<std::array<rational, 4>, 4>, 4> pays{};  // maximiser's strategy, minimiser's, state
  for (int hers = 0; hers < 4; ++hers) {
    for (int his = 0; his < 4; ++his) {
      auto const v = bellman::state_value(
          ring(), [&](int s) { return ((even(s) ? hers : his) >> (s / 2)) & 1; }, gamma);
      for (int s = 0; s < 4; ++s) pays[at(hers)][at(his)][at(s)] = v(s);
    }
  }
  for (std::size_t s = 0; s < 4; ++s) {
    rational kept(-1000);
    rational conceded(1000);
    for (std::size_t one = 0; one < 4; ++one) {
      rational at_worst(1000);
      rational at_best(-1000);
      for (std::size_t other = 0; other < 4; ++other) {
        at_worst = std::min(at_worst, pays[one][other][s]);
        at_best = std::max(at_best, pays[other][one][s]);
      }
      kept = std::max(kept, at_worst);
      conceded = std::min(conceded, at_best);
    }
    CHECK(kept == conceded);
    CHECK(by_itself(static_cast<int>(s)) == kept);
    CHECK(by_name(static_cast<int>(s)) == kept);
  }
}

TEST_CASE("in constant expressions") {
  CHECK(true_at_both_times([] {
    auto const round = models::mdp_of_rows<rational>(2, {{0, 0, rational(1), 0, rational(1)},
                                                         {0, 1, rational(1), 1, rational(3)},
                                                         {1, 0, rational(1), 0, rational(-1)},
                                                         {1, 1, rational(1), 1, rational(1)}});
    auto const table = bellman::tabulate(round);
    auto const first = [](bellman::index_t s) { return s == 0; };
    bellman::bellman_operator const T(table, bellman::turn_choice{first}, bellman::discount(rational(1, 2)));
    auto const v = strategy_iteration{}(bellman::fixed_point_problem(T));
    return v[0] == rational(10, 3) && v[1] == rational(2, 3);
  }));
}

TEST_CASE("it is for games in exact numbers") {
  auto const of = [](auto x) {
    using R = decltype(x);
    auto const table = bellman::tabulate(models::mdp_of_rows<R>(1, {{0, 0, R(1), 0, R(1)}}));
    auto const always = [](bellman::index_t) { return true; };
    return bellman::fixed_point_problem(
        bellman::bellman_operator(table, bellman::turn_choice{always}, bellman::discount(R(1) / R(2))));
  };
  STATIC_REQUIRE(std::is_invocable_v<strategy_iteration const&, decltype(of(rational(1)))>);
  STATIC_REQUIRE(!std::is_invocable_v<strategy_iteration const&, decltype(of(1.0))>);
}

}  // namespace strategy_iteration_tests
