// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/correction.hpp>

#include <bellman/scalar/known.hpp>

#include <concepts>

#include "support/catch.hpp"

TEST_CASE("the terms of a step are of the types that they are given in") {
  bellman::correction const c{.value = 1.0, .trace = 0.5f, .action_value = bellman::known_zero{}};
  STATIC_REQUIRE(std::same_as<decltype(c), bellman::correction<double, float, bellman::known_zero> const>);
  CHECK(c.value == 1.0);
  CHECK(c.trace == 0.5f);
}
