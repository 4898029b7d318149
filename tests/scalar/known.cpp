// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/known.hpp>

#include <concepts>
#include <limits>

#include "support/catch.hpp"

using bellman::known_one;
using bellman::known_zero;

TEST_CASE("what is added to a known zero or multiplied with a known one is left as it is") {
  STATIC_REQUIRE(known_zero{} + 3.0 == 3.0);
  STATIC_REQUIRE(3.0 + known_zero{} == 3.0);
  STATIC_REQUIRE(3.0 - known_zero{} == 3.0);
  STATIC_REQUIRE(known_one{} * 3.0 == 3.0);
  STATIC_REQUIRE(3.0 * known_one{} == 3.0);
  CHECK(1 / (known_zero{} + -0.0) == -std::numeric_limits<double>::infinity());
}

TEST_CASE("what a known zero is multiplied with is not looked at") {
  STATIC_REQUIRE(std::same_as<decltype(known_zero{} * std::numeric_limits<double>::quiet_NaN()), known_zero>);
  STATIC_REQUIRE(std::same_as<decltype(known_one{} * known_zero{}), known_zero>);
  STATIC_REQUIRE(std::same_as<decltype(known_zero{} - known_zero{}), known_zero>);
  STATIC_REQUIRE(bellman::internal::number_as<double>(known_zero{}) == 0.0);
  STATIC_REQUIRE(bellman::internal::number_as<double>(known_one{}) == 1.0);
  STATIC_REQUIRE(bellman::internal::number_as<double>(0.5f) == 0.5);
}
