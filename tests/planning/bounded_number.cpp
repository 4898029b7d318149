// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/bounded_number.hpp>

#include "support/catch.hpp"

TEST_CASE("a bounded number is a value between two bounds") {
  auto const [value, lower, upper] = bellman::bounded_number<double>{1.0, 0.5, 1.5};
  CHECK(lower < value);
  CHECK(value < upper);
}
