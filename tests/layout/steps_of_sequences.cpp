// SPDX-License-Identifier: BSL-1.0
#include <bellman/layout/steps_of_sequences.hpp>

#include "support/catch.hpp"

namespace steps_of_sequences_test {

TEST_CASE("a shape is its two counts") {
  using bellman::steps_of_sequences;
  STATIC_REQUIRE(steps_of_sequences{3, 2} == steps_of_sequences{.steps = 3, .sequences = 2});
  STATIC_REQUIRE(steps_of_sequences{3, 2} != steps_of_sequences{2, 3});
}

}  // namespace steps_of_sequences_test
