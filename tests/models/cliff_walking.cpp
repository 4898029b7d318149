// SPDX-License-Identifier: BSL-1.0
#include <bellman/models/cliff_walking.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>

#include "models/check_model.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace cliff_walking_tests {

using bellman::rational;
using bellman::rational512;
using bellman::models::cliff_walking;
using bellman::test::disagreements_of_solve;
using bellman::test::is_a_finite_environment;
using bellman::test::true_at_both_times;

TEST_CASE("the walk along the cliff is a finite environment") {
  CHECK(true_at_both_times([] { return is_a_finite_environment(cliff_walking<>{}); }));
  CHECK(is_a_finite_environment(cliff_walking<rational>{}));
  STATIC_REQUIRE(bellman::deterministic_environment<cliff_walking<>>);
}

TEST_CASE("a step into the cliff costs 100 and leads back") {
  CHECK(true_at_both_times([] {
    cliff_walking<> const env;
    auto const leads = [&](int s, int a) { return env.transition(s, a).value(); };
    using bellman::outcome;
    return leads(36, env.right) == outcome{-100.0, 36} && leads(30, env.down) == outcome{-100.0, 36} &&
           leads(36, env.up) == outcome{-1.0, 24} && leads(36, env.left) == outcome{-1.0, 36} &&
           leads(35, env.down) == outcome{-1.0, 47} && leads(46, env.right) == outcome{-1.0, 47} &&
           leads(11, env.right) == outcome{-1.0, 11} && leads(0, env.up) == outcome{-1.0, 0} && env.terminal(47) &&
           !env.terminal(46) && env.start().value() == 36;
  }));
}

TEST_CASE("the values are those of the steps to the goal, with every discount") {
  using exact = cliff_walking<rational512>;
  for (auto const& g : {rational512(1), rational512(9, 10), rational512(99, 100), rational512(1, 2), rational512(0)}) {
    CHECK(disagreements_of_solve(exact{}, g, [&](int s) { return exact::optimal_value(s, g); }) == 0);
  }
  for (double const g : {1.0, 0.9, 0.5}) {
    CHECK(disagreements_of_solve(cliff_walking<>{}, g, [&](int s) { return cliff_walking<>::optimal_value(s, g); }) ==
          0);
  }
  auto const best = bellman::solve(cliff_walking<>{}, 1).policy.optimal_actions(36);
  CHECK(best.size() == 1);
  CHECK(best[0] == cliff_walking<>::up);
  STATIC_REQUIRE(cliff_walking<rational>::optimal_value(36, 1) == rational(-13));
  STATIC_REQUIRE(cliff_walking<rational>::optimal_value(36, {9, 10}) == rational(-7458134171671, 1000000000000));
}

}  // namespace cliff_walking_tests
