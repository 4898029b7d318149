// SPDX-License-Identifier: BSL-1.0
#include <bellman/views/returns_to_go.hpp>

#include <bellman/decision/ending.hpp>

#include <array>
#include <span>
#include <vector>

#include "support/catch.hpp"

TEST_CASE("returns to go are seen lazily, with a discount for each step too") {
  std::array const rewards{1.0, 2.0};
  auto returns = rewards | bellman::views::returns_to_go(bellman::truncated{4.0}, 0.5);
  CHECK(returns[0] == 3.0);
  CHECK(returns[1] == 4.0);
  std::vector const gammas{1.0, 0.0};
  auto each = bellman::views::returns_to_go(rewards, bellman::truncated{4.0}, std::span(gammas));
  CHECK(each[0] == 3.0);
  CHECK(each[1] == 2.0);
}
