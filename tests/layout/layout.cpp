// SPDX-License-Identifier: BSL-1.0
#include <bellman/layout/layout.hpp>

#include <bellman/layout/steps_of_sequences.hpp>

#include <array>
#include <vector>

#include "support/catch.hpp"

namespace layout_test {

TEST_CASE("layouts are known by their types") {
  std::vector<float> x(6);
  std::array const offsets{0, 6};
  STATIC_REQUIRE(bellman::layout<decltype(bellman::time_major(x, 2))>);
  STATIC_REQUIRE(bellman::layout<decltype(bellman::batch_major(x, 2)) const&>);
  STATIC_REQUIRE(bellman::layout<decltype(bellman::packed(x, offsets))>);
  STATIC_REQUIRE_FALSE(bellman::layout<std::vector<float>>);
  STATIC_REQUIRE_FALSE(bellman::layout<std::vector<std::vector<float>>>);
  STATIC_REQUIRE_FALSE(bellman::layout<decltype(bellman::time_major(x, 2).sequence(0))>);
}

}  // namespace layout_test
