// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/tabular_value.hpp>

#include <bellman/error.hpp>
#include <bellman/planning/tabulate.hpp>

#include "models/recycling_robot.hpp"
#include "support/catch.hpp"

namespace {

using models::battery;
using double_robot = models::recycling_robot<double>;

}  // namespace

TEST_CASE("values are found by the state's name, or by its number for a table") {
  auto const t = bellman::tabulate(double_robot{});
  bellman::tabular_value<double_robot, double> const v(t, {2.5, -1.0}, 0.125);
  bellman::tabular_value<decltype(bellman::tabulate(double_robot{})), double> const by_number(t, {2.5, -1.0}, 0.0);
  CHECK(v(battery::high) == 2.5);
  CHECK(v(battery::low) == -1.0);
  CHECK(v.error_bound() == 0.125);
  CHECK(v.values()[1] == -1.0);
  CHECK(v.table().size() == 2);
  CHECK(by_number(1) == -1.0);
  CHECK_THROWS_AS(by_number(2), bellman::invalid_value);
}

TEST_CASE("a state that the table does not have has no value") {
  auto const t = bellman::tabulate(double_robot{});
  bellman::tabular_value<double_robot, double> const v(t, {2.5, -1.0}, 0.0);
  CHECK_THROWS_AS(v(static_cast<battery>(2)), bellman::invalid_value);
}
