// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/prioritised_sweeping.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/solve_turn_game.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/worst_case.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "models/textbook.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace prioritised_sweeping_tests {

using bellman::prioritised_sweeping;
using bellman::solve;
using bellman::test::absolutely_close;
using bellman::test::true_at_both_times;

template <class E, class... Rest>
void agrees_with_elimination(E const& env, double gamma, Rest const&... rest) {
  auto const found = solve(env, gamma, rest..., prioritised_sweeping{1e-9});
  auto const exact = solve(env, gamma, rest..., bellman::automatic{1e-12});
  double most = 0;
  for (auto const s : env.states()) {
    CHECK(found.value.lower(s) <= exact.value.upper(s));
    CHECK(exact.value.lower(s) <= found.value.upper(s));
    most = most < exact.value(s) ? exact.value(s) : most < -exact.value(s) ? -exact.value(s) : most;
  }
  CHECK(found.value.error_bound() <= 1e-6 * most + 1e-12);
}

TEST_CASE("the values of other methods, within both bounds") {
  agrees_with_elimination(models::frozen_lake<double, models::lake_8x8>{}, 0.99);
  agrees_with_elimination(models::recycling_robot<double>{}, 0.9);
  agrees_with_elimination(models::forest<double>(), 0.999);
  agrees_with_elimination(models::grid_world<double>{}, 0.9);
  agrees_with_elimination(models::way_to_a_corner<double>{}, 1.0);
  agrees_with_elimination(models::cliff_walking<double>{}, 1.0);
  agrees_with_elimination(models::gamblers_problem<double>{0.4}, 1.0);
  agrees_with_elimination(models::frozen_lake<double>{}, 0.9, bellman::worst_case{});
}

TEST_CASE("of a policy, of a game, and in constant expressions") {
  models::frozen_lake<double> const lake{};
  auto const any = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
  auto const v = bellman::state_value(lake, any, 0.99, prioritised_sweeping{1e-12});
  auto const w = bellman::state_value(lake, any, 0.99);
  for (int s = 0; s < 16; ++s) CHECK(absolutely_close(v(s), w(s), 1e-12));
  auto const round = models::mdp_of_rows<double>(
      2, {{0, 0, 1.0, 0, 1.0}, {0, 1, 1.0, 1, 3.0}, {1, 0, 1.0, 0, -1.0}, {1, 1, 1.0, 1, 1.0}});
  auto const game = bellman::solve_turn_game(
      round, [](int s) { return s == 0; }, 0.5, prioritised_sweeping{});
  CHECK(absolutely_close(game.value(0), 10.0 / 3, 1e-8));
  CHECK(absolutely_close(game.value(1), 2.0 / 3, 1e-8));
  CHECK(true_at_both_times([] {
    auto const best = solve(models::recycling_robot<double>{}, 0.5, prioritised_sweeping{1e-6}).value;
    return absolutely_close(best(models::battery::high), 3.6, 1e-5);
  }));
}

TEST_CASE("values that are far off are told to be, if the work is cut short") {
  models::frozen_lake<double, models::lake_8x8> const lake{};
  auto const exact = solve(lake, 0.99).value;
  auto const cut = solve(lake, 0.99, prioritised_sweeping{1e-9, 2}).value;
  CHECK(cut.error_bound() > 1e-3);
  // No more than is known of zeros: the first sweep changes them by 1/3 at most, all others by as much, discounted.
  CHECK(cut.error_bound() <= (1.0 / 3) / (1 - 0.99) * (1 + 1e-12));
  for (int s = 0; s < 64; ++s) {
    CHECK(cut.lower(s) <= exact.upper(s));
    CHECK(exact.lower(s) <= cut.upper(s));
  }
}

TEST_CASE("it is for floating point") {
  auto const of = [](auto x) {
    using R = decltype(x);
    return bellman::fixed_point_problem(
        bellman::bellman_optimality(bellman::tabulate(models::recycling_robot<R>{}), R(1) / R(2)));
  };
  STATIC_REQUIRE(std::is_invocable_v<prioritised_sweeping const&, decltype(of(1.0))>);
  STATIC_REQUIRE(!std::is_invocable_v<prioritised_sweeping const&, decltype(of(bellman::rational(1)))>);
}

}  // namespace prioritised_sweeping_tests
