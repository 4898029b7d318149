// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/tabular_value.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/scalar/interval.hpp>

#include <limits>

#include "models/recycling_robot.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::bounded_values;
using bellman::rational;
using bellman::test::true_at_both_times;
using models::battery;
using double_robot = models::recycling_robot<double>;

}  // namespace

TEST_CASE("values are found by the state's name, or by its number for a table") {
  auto const t = bellman::tabulate(double_robot{});
  bounded_values<double> const found{.values = {2.5, -1.0}, .below = {0.125, 0.0}, .above = {0.0, 0.25}};
  bellman::tabular_value<double_robot, double> const v(t, found);
  bellman::tabular_value<decltype(bellman::tabulate(double_robot{})), double> const by_number(t, found);
  CHECK(v(battery::high) == 2.5);
  CHECK(v(battery::low) == -1.0);
  CHECK(v.error_bound() == 0.25);
  CHECK(v.values()[1] == -1.0);
  CHECK(v.table().size() == 2);
  CHECK(v.stopped() == bellman::stop::certified);
  CHECK(v.bounded().above[1] == 0.25);
  CHECK(by_number(1) == -1.0);
  CHECK_THROWS_AS(by_number(2), bellman::invalid_value);
}

TEST_CASE("bounds are rounded outward, and are the value itself where the radius is 0") {
  auto const t = bellman::tabulate(double_robot{});
  double const least = std::numeric_limits<double>::denorm_min();
  bellman::tabular_value<double_robot, double> const v(
      t, bounded_values<double>{.values = {2.5, -1.0}, .below = {0.125, least}, .above = {0.0, 1e-20}});
  CHECK(v.lower(battery::high) < 2.375);
  CHECK(v.lower(battery::high) > 2.375 - 1e-14);
  CHECK(v.upper(battery::high) == 2.5);
  CHECK(v.lower(battery::low) < -1.0);
  CHECK(v.upper(battery::low) > -1.0);
  CHECK(v.upper(battery::low) < -1.0 + 1e-14);
}

TEST_CASE("of exact scalars the bounds are exact, of intervals they are the interval's") {
  CHECK(true_at_both_times([] {
    auto const t = bellman::tabulate(models::recycling_robot<rational>{});
    bellman::tabular_value<models::recycling_robot<rational>, rational> const v(
        t, bounded_values<rational>{.values = {rational(1, 3), rational(2)},
                                    .below = {rational(1, 6), rational(0)},
                                    .above = {rational(0), rational(1)}});
    return v.lower(battery::high) == rational(1, 6) && v.upper(battery::high) == rational(1, 3) &&
           v.upper(battery::low) == rational(3) && v.error_bound() == rational(1);
  }));
  using I = bellman::interval<double>;
  auto const t = bellman::tabulate(models::recycling_robot<I>{});
  bellman::tabular_value<models::recycling_robot<I>, I> const v(
      t, bounded_values<I>{.values = {I(1.0, 1.5), I(2.0)}});
  CHECK(v.lower(battery::high) == 1.0);
  CHECK(v.upper(battery::high) == 1.5);
  CHECK(v.error_bound().upper() >= 0.5);
}

TEST_CASE("a state that the table does not have has no value") {
  auto const t = bellman::tabulate(double_robot{});
  bellman::tabular_value<double_robot, double> const v(
      t, bounded_values<double>{.values = {2.5, -1.0}, .below = {0.0, 0.0}, .above = {0.0, 0.0}});
  CHECK_THROWS_AS(v(static_cast<battery>(2)), bellman::invalid_value);
  CHECK_THROWS_AS(v.lower(static_cast<battery>(2)), bellman::invalid_value);
  CHECK_THROWS_AS(v.upper(static_cast<battery>(2)), bellman::invalid_value);
}
