// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/ending.hpp>

#include "support/catch.hpp"

TEST_CASE("an ending says how an episode ended, by its type") {
  STATIC_REQUIRE(bellman::truncated{2.5}.value == 2.5);
  STATIC_REQUIRE(bellman::terminated{} == bellman::terminated{});
  STATIC_REQUIRE(bellman::truncated{} == bellman::truncated{});
  STATIC_REQUIRE(bellman::truncated{1} == bellman::truncated{1});
}

TEST_CASE("how a recorded episode ended is made of either ending and compares with it") {
  STATIC_REQUIRE(bellman::episode_ending{}.is_terminated());
  STATIC_REQUIRE(!bellman::episode_ending(bellman::truncated{}).is_terminated());
  STATIC_REQUIRE(bellman::episode_ending(bellman::truncated{}) == bellman::truncated{});
  STATIC_REQUIRE(bellman::episode_ending() != bellman::truncated{});
}
