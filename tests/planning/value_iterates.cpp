// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/value_iterates.hpp>

#include <bellman/decision/reward.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/finite_horizon.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <vector>

#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "models/textbook.hpp"
#include "planning/cases.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace value_iterates_tests {

using bellman::rational;
using bellman::value_iterates;
using bellman::test::cycle;
using bellman::test::half;
using bellman::test::one;
using bellman::test::true_at_both_times;
using models::battery;

using range_of_the_robot = decltype(value_iterates(models::recycling_robot<rational>{}, half));
static_assert(std::ranges::input_range<range_of_the_robot>);
static_assert(std::ranges::view<range_of_the_robot>);
static_assert(std::input_iterator<std::ranges::iterator_t<range_of_the_robot>>);

TEST_CASE("each sweep, with the values of a horizon of so many steps") {
  CHECK(true_at_both_times([] {
    models::recycling_robot<rational> const robot{};
    auto const plan = bellman::finite_horizon(robot, half, 4);
    std::size_t n = 0;
    for (auto const& [sweeps, v, residual] : value_iterates(robot, half) | std::views::take(4)) {
      if (sweeps != n) return false;
      rational most(0);
      for (auto const s : robot.states()) {
        if (v(s) != plan.value(n)(s)) return false;
        rational const change = plan.value(n + 1)(s) - v(s);
        rational const size = change < rational(0) ? -change : change;
        if (most < size) most = size;
      }
      if (residual != most) return false;
      ++n;
    }
    return n == 4;
  }));
}

TEST_CASE("residuals shrink by the discount at least, and bound the distance to the fixed point") {
  CHECK(true_at_both_times([] {
    models::recycling_robot<rational> const robot{};
    auto const best = bellman::solve(robot, half).value;
    rational before(-1);
    for (auto const& step : value_iterates(robot, half) | std::views::take(6)) {
      if (rational(0) <= before && half * before < step.residual) return false;
      before = step.residual;
      for (auto const s : robot.states()) {
        rational const off = best(s) - step.value(s);
        rational const size = off < rational(0) ? -off : off;
        if (step.residual / (one - half) < size) return false;
      }
    }
    return rational(0) < before;
  }));
}

TEST_CASE("it ends with the values that a sweep leaves as they are") {
  CHECK(true_at_both_times([] {
    // From the corner farthest from both ends it takes three steps.
    auto const best = bellman::solve(models::way_to_a_corner<rational>{}, one).value;
    std::size_t n = 0;
    bool last_is_best = true;
    bool last_is_still = false;
    for (auto const& [sweeps, v, residual] : value_iterates(models::way_to_a_corner<rational>{}, one)) {
      n = sweeps;
      last_is_still = residual == rational(0);
      last_is_best = true;
      for (int s = 0; s < 16; ++s) last_is_best = last_is_best && v(s) == best(s);
    }
    return n == 3 && last_is_best && last_is_still;
  }));
}

TEST_CASE("it does not end while derivatives still move") {
  // Stay and be paid x = 0, or end and lose 1: V = x / (1 - 1/2), 0 from the first sweep on, and its slope is 2.
  using d = bellman::dual<double>;
  auto const env = models::mdp_of_rows<d>(2, {{0, 0, d(1.0), 0, d::variable(0.0)}, {0, 1, d(1.0), 1, d(-1.0)}});
  std::size_t sweeps = 0;
  double slope = 0;
  for (auto const& now : value_iterates(env, 0.5)) {
    CHECK(now.value(0).value == 0);
    sweeps = now.sweeps;
    slope = now.value(0).derivative[0];
    if (sweeps == 200) break;
  }
  CHECK(slope == 2);
  CHECK(sweeps < 200);
}

TEST_CASE("from values that are given, it begins there") {
  CHECK(true_at_both_times([] {
    auto const best = bellman::solve(cycle{}, half).value;
    auto const from_best = value_iterates(cycle{}, half, best);
    std::size_t n = 0;
    for (auto const& step : from_best) {
      if (step.value(0) != best(0) || step.residual != rational(0)) return false;
      ++n;
    }
    auto const reached = value_iterates(models::random_walk<rational>{}, one, 5, [](int) { return rational(8); });
    return n == 1 && reached.begin()->value(6) == rational(0) && reached.begin()->value(3) == rational(8);
  }));
}

TEST_CASE("the sweeps of any operator over a table") {
  CHECK(true_at_both_times([] {
    auto const table = bellman::tabulate(models::recycling_robot<rational>{});
    auto const pi = bellman::tabulate(table, bellman::test::cautious);
    auto const T = bellman::bellman_expectation(table, pi, half);
    auto const steps = value_iterates(T, [](bellman::index_t s) { return rational(static_cast<int>(s)); });
    auto i = steps.begin();
    auto const first = i->value;
    ++i;
    return first(1) == rational(1) && i->value(0) == T(first)(0) && i->value(1) == T(first)(1) &&
           value_iterates(T).begin()->value(1) == rational(0);
  }));
  auto const table = bellman::tabulate(models::recycling_robot<double>{});
  auto const T = bellman::bellman_soft(table, 0.5, 1.0);
  double residual = 1;
  for (auto const& step : value_iterates(T) | std::views::take(40)) residual = step.residual;
  CHECK(residual < 1e-11);
  CHECK(0 <= residual);
}

TEST_CASE("in floating point each value knows how far rounding may have taken it") {
  auto const fractions = bellman::finite_horizon(models::recycling_robot<rational>{}, half, 12);
  for (auto const& [sweeps, v, residual] :
       value_iterates(models::recycling_robot<double>{}, 0.5) | std::views::take(12)) {
    double const exact = bellman::to_double(fractions.value(sweeps)(battery::high));
    CHECK(v.lower(battery::high) <= exact);
    CHECK(exact <= v.upper(battery::high));
    CHECK(v.error_bound() < 1e-13);
    CHECK(0.0 <= residual);
  }
}

TEST_CASE("values that are compared have an order") {
  using vector = bellman::coordinates<double, 2>;
  auto const env = bellman::with_reward(models::recycling_robot<double>{}, [](battery, models::deed) {
    return vector{1.0, 2.0};
  });
  auto const search = [](bellman::index_t s) { return s == 0 ? bellman::index_t{0} : bellman::index_t{2}; };
  auto const T = bellman::bellman_expectation(bellman::tabulate(env), search, 0.5);
  using range = decltype(value_iterates);
  STATIC_REQUIRE(!std::is_invocable_v<range const&, decltype(T)>);
  STATIC_REQUIRE(!std::is_invocable_v<range const&, int>);
}

TEST_CASE("in floating point a sweep's rounding is added to its residual") {
  auto const env = models::mdp_of_rows<double>(1, {{0, 0, 1.0, 0, 0.1}});
  long double const exact = 0.1 / (1 - static_cast<long double>(0.9));
  double before = -1;  // the residual and the value before it
  double value = 0;
  bool ended = false;
  for (auto const& step : value_iterates(env, 0.9)) {
    if (0 <= before) {
      long double const off = value < exact ? exact - value : value - exact;
      CHECK(off <= (before + step.value.error_bound()) / (1 - static_cast<long double>(0.9)));
    }
    before = step.residual;
    value = step.value(0);
    ended = step.residual == 0;
  }
  CHECK(ended);
}

}  // namespace value_iterates_tests
