// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/trace_parameters.hpp>

#include <concepts>
#include <span>
#include <vector>

#include "support/catch.hpp"

TEST_CASE("gamma and lambda are numbers or ranges, each of its own type") {
  bellman::trace_parameters const numbers{.gamma = 1, .lambda = 0.5};
  STATIC_REQUIRE(std::same_as<decltype(numbers), bellman::trace_parameters<int, double> const>);
  std::vector const gammas{0.9, 0.0};
  bellman::trace_parameters const ranges{.gamma = std::span(gammas), .lambda = 0.5};
  CHECK(ranges.gamma[0] == 0.9);
  CHECK(ranges.lambda == 0.5);
}
