// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/feature.hpp>

#include "support/catch.hpp"

TEST_CASE("a feature is a number and its place") {
  constexpr bellman::feature x{3, 0.5};
  STATIC_REQUIRE(x.index == 3);
  STATIC_REQUIRE(x == bellman::feature<double>{3, 0.5});
  STATIC_REQUIRE_FALSE(x == bellman::feature<double>{2, 0.5});
}
