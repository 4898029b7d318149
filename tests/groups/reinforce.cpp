// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/reinforce.hpp>

#include <array>
#include <vector>

#include "support/catch.hpp"

TEST_CASE("REINFORCE without a baseline is the reward itself") {
  CHECK(bellman::reinforce(std::array{1, 0, 5}) == std::array{1.0, 0.0, 5.0});
  CHECK(bellman::reinforce(std::vector{2.0f}) == std::vector{2.0f});
}
