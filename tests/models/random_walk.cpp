// SPDX-License-Identifier: BSL-1.0
#include <bellman/models/random_walk.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>

#include "models/check_model.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace random_walk_tests {

using bellman::rational;
using bellman::rational512;
using bellman::models::random_walk;
using bellman::test::disagreements;
using bellman::test::disagreements_of_solve;
using bellman::test::is_a_finite_environment;
using bellman::test::true_at_both_times;

constexpr auto only_action = [](int) { return 0; };

// Whether `state_value` and `solve` find the known values.
template <class Walk>
constexpr bool values_are_known(Walk const& walk) {
  auto const known = [](int s) { return Walk::value_at_discount_1(s); };
  return disagreements(walk, bellman::state_value(walk, only_action, 1), known) == 0 &&
         disagreements_of_solve(walk, 1, known) == 0;
}

TEST_CASE("random walks are finite environments") {
  CHECK(true_at_both_times([] { return is_a_finite_environment(random_walk<>{}); }));
  CHECK(true_at_both_times([] { return is_a_finite_environment(random_walk<rational, 1, -1>{}); }));
  CHECK(true_at_both_times([] { return is_a_finite_environment(random_walk<rational, 19, -1>{}); }));
}

TEST_CASE("a random walk ends on the right with the probability of its place") {
  CHECK(true_at_both_times([] { return values_are_known(random_walk<rational>{}); }));
  CHECK(true_at_both_times([] { return values_are_known(random_walk<>{}); }));
  CHECK(values_are_known(random_walk<rational512, 19, -1>{}));
  CHECK(values_are_known(random_walk<rational512, 1, -1>{}));
  CHECK(values_are_known(random_walk<double, 19>{}));
  // Sutton and Barto: 1/6, ..., 5/6; and of 19 states -9/10, ..., 9/10.
  STATIC_REQUIRE(random_walk<rational>::value_at_discount_1(1) == rational(1, 6));
  STATIC_REQUIRE(random_walk<rational>::value_at_discount_1(5) == rational(5, 6));
  STATIC_REQUIRE(random_walk<rational, 19, -1>::value_at_discount_1(1) == rational(-9, 10));
  STATIC_REQUIRE(random_walk<rational, 19, -1>::value_at_discount_1(10) == rational(0));
  STATIC_REQUIRE(random_walk<>{}.start().value() == 3);
  STATIC_REQUIRE(random_walk<double, 19>{}.start().value() == 10);
}

}  // namespace random_walk_tests
