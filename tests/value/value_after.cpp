// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/value_after.hpp>

#include <bellman/decision/ending.hpp>

#include "support/catch.hpp"

TEST_CASE("after a terminated episode comes nothing, after a truncated one what it says") {
  STATIC_REQUIRE(bellman::value_after<double>(bellman::terminated{}) == 0.0);
  STATIC_REQUIRE(bellman::value_after<double>(bellman::truncated{3}) == 3.0);
}
