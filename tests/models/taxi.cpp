// SPDX-License-Identifier: BSL-1.0
#include <bellman/models/taxi.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>

#include "models/check_model.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace taxi_tests {

using bellman::outcome;
using bellman::rational;
using bellman::rational512;
using bellman::models::taxi;
using bellman::test::disagreements_of_solve;
using bellman::test::is_a_finite_environment;
using bellman::test::true_at_both_times;

TEST_CASE("the taxi's town is a finite environment") {
  CHECK(is_a_finite_environment(taxi<>{}));
  CHECK(is_a_finite_environment(taxi<rational>{}));
  STATIC_REQUIRE(bellman::deterministic_environment<taxi<>>);
  STATIC_REQUIRE(bellman::episodic_environment<taxi<>>);
}

TEST_CASE("a taxi drives where there is no wall, and picks up and drops off where it can") {
  CHECK(true_at_both_times([] {
    taxi<> const env;
    auto const leads = [&](int s, int a) { return env.transition(s, a).value(); };
    auto const at = [](int row, int column, int passenger, int destination) {
      return taxi<>::state(row, column, passenger, destination);
    };
    // Gymnasium's own example of the encoding: 328 is row 3, column 1, passenger at 2, destination 0.
    return at(3, 1, 2, 0) == 328 && leads(328, env.south) == outcome{-1.0, 428} &&
           leads(328, env.north) == outcome{-1.0, 228} && leads(328, env.east) == outcome{-1.0, 348} &&
           leads(328, env.west) == outcome{-1.0, 328} && leads(328, env.pick_up) == outcome{-10.0, 328} &&
           leads(328, env.drop_off) == outcome{-10.0, 328} &&
           leads(at(0, 0, 0, 3), env.pick_up) == outcome{-1.0, at(0, 0, 4, 3)} &&
           leads(at(0, 0, 4, 3), env.drop_off) == outcome{-1.0, at(0, 0, 0, 3)} &&
           leads(at(4, 3, 4, 3), env.drop_off) == outcome{20.0, env.end} &&
           leads(at(0, 1, 4, 3), env.east) == outcome{-1.0, at(0, 1, 4, 3)} &&
           leads(at(0, 0, 4, 3), env.north) == outcome{-1.0, at(0, 0, 4, 3)} && env.terminal(500);
  }));
}

TEST_CASE("the shortest way is the best, with every discount") {
  for (auto const& g : {rational512(1), rational512(99, 100), rational512(1, 2)}) {
    using exact = taxi<rational512>;
    CHECK(disagreements_of_solve(exact{}, g, [&](int s) { return exact::optimal_value(s, g); }) == 0);
  }
  for (double const g : {1.0, 0.99, 0.9}) {
    CHECK(disagreements_of_solve(taxi<>{}, g, [&](int s) { return taxi<>::optimal_value(s, g); }) == 0);
  }
  // From the lower left corner around two walls to the other place of the lowest row: to the middle row and back.
  STATIC_REQUIRE(taxi<>::steps_to_end(taxi<>::state(4, 0, 4, 3)) == 3 + 4 + 1);
}

}  // namespace taxi_tests
