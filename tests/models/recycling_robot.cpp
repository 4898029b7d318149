// SPDX-License-Identifier: BSL-1.0
#include <bellman/models/recycling_robot.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <array>
#include <cmath>

#include "models/check_model.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace recycling_robot_tests {

using bellman::rational;
using bellman::rational512;
using bellman::models::battery;
using bellman::models::deed;
using bellman::models::recycling_robot;
using bellman::test::disagreements_of_solve;
using bellman::test::is_a_finite_environment;
using bellman::test::true_at_both_times;

TEST_CASE("the robot is a finite environment, with three actions where the battery is low") {
  CHECK(true_at_both_times([] { return is_a_finite_environment(recycling_robot<>{}); }));
  CHECK(true_at_both_times([] { return is_a_finite_environment(recycling_robot<rational>{.alpha = 0, .beta = 1}); }));
  CHECK(true_at_both_times([] {
    recycling_robot<> const env;
    return env.actions(battery::high).size() == 2 && env.actions(battery::low).size() == 3 &&
           env.actions(battery::low)[2] == deed::recharge;
  }));
}

TEST_CASE("its values are those of the best of its policies") {
  CHECK(true_at_both_times([] {
    constexpr recycling_robot<rational> env;
    rational const g(9, 10);
    return disagreements_of_solve(env, g, [&](battery s) { return env.optimal_value(s, g); }) == 0;
  }));
  // Where each action is certain to fail, may fail and never fails.
  using number = rational512;
  for (number const& alpha : {number(0), number(1, 3), number(9, 10), number(1)}) {
    for (number const& beta : {number(0), number(1, 2), number(99, 100), number(1)}) {
      for (number const& r_search : {number(3, 2), number(5)}) {
        for (number const& g : {number(0), number(1, 2), number(99, 100)}) {
          recycling_robot<number> const env{alpha, beta, r_search, number(1)};
          CHECK(disagreements_of_solve(env, g, [&](battery s) { return env.optimal_value(s, g); }) == 0);
        }
      }
    }
  }
  for (double const g : {0.5, 0.9, 0.99}) {
    recycling_robot<> const env{.alpha = 0.9, .beta = 0.2, .r_search = 4, .r_wait = 0.5};
    CHECK(disagreements_of_solve(env, g, [&](battery s) { return env.optimal_value(s, g); }) == 0);
  }
}

TEST_CASE("its values solve the two equations of example 3.9") {
  CHECK(true_at_both_times([] {
    constexpr recycling_robot<rational> env{{2, 3}, {1, 5}, 3, 1};
    rational const g(4, 5);
    auto const v = [&](battery s) { return env.optimal_value(s, g); };
    rational const h = v(battery::high), l = v(battery::low);
    auto const max = bellman::maximum;
    rational const search_high = 3 + g * (rational(2, 3) * h + rational(1, 3) * l);
    rational const search_low = rational(1, 5) * 3 - 3 * rational(4, 5) + g * (rational(4, 5) * h + rational(1, 5) * l);
    return h == max(search_high, rational(1 + g * h)) &&
           l == max(search_low, max(rational(1 + g * l), rational(g * h)));
  }));
}

TEST_CASE("a discount near 1 costs its values no digits") {
  // Of the parameters and of 1 - 2^-k, doubles are the same numbers as fractions.
  for (int k : {10, 20, 30, 40, 52}) {
    double const g = 1 - std::ldexp(1.0, -k);
    rational512 const exact_g = rational512(1) - rational512(1, bellman::integer512(1) << k);
    for (bool const stays_high : {false, true}) {
      recycling_robot<> const env{.alpha = stays_high ? 1 : 0.875, .beta = 0.25, .r_search = 4, .r_wait = 0.5};
      recycling_robot<rational512> const exact{stays_high ? 1 : rational512(7, 8), {1, 4}, 4, {1, 2}};
      auto const v = bellman::solve(exact, exact_g).value;
      for (battery const s : env.states()) {
        CAPTURE(k, stays_high, s);
        CHECK(bellman::approx_equal(env.optimal_value(s, g), bellman::to_double(v(s)), 2e-15));
      }
    }
  }
}

// With its parameters it is a value of the compiler's, too.
template <auto Env>
constexpr double value_of_high = bellman::solve(Env, 0.5).value(battery::high);
static_assert(value_of_high<recycling_robot<>{}> < value_of_high<recycling_robot<>{.r_search = 3}>);

}  // namespace recycling_robot_tests
