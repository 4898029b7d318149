// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/steps_or_ending.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/step.hpp>

#include <span>
#include <vector>

#include "support/catch.hpp"

TEST_CASE("steps are an ending, a range of steps or recorded steps") {
  using bellman::steps_or_ending;
  STATIC_REQUIRE(steps_or_ending<bellman::terminated>);
  STATIC_REQUIRE(steps_or_ending<bellman::truncated<double>>);
  STATIC_REQUIRE(steps_or_ending<bellman::step<double>>);
  STATIC_REQUIRE(steps_or_ending<std::vector<bellman::step<double>>>);
  STATIC_REQUIRE(steps_or_ending<bellman::recorded_steps<std::span<int const>>>);
  STATIC_REQUIRE(!steps_or_ending<std::vector<bool>>);
  STATIC_REQUIRE(!steps_or_ending<bool>);
}
