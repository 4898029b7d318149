// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/answers_are_sequences.hpp>

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/optimal_token_baseline.hpp>

#include "support/catch.hpp"

TEST_CASE("the answers of the optimal token baseline are sequences, those of a group method are numbers") {
  STATIC_REQUIRE(bellman::answers_are_sequences<decltype(bellman::optimal_token_advantages.method)>);
  STATIC_REQUIRE(!bellman::answers_are_sequences<bellman::group_advantages<bellman::group_mean>>);
  STATIC_REQUIRE(!bellman::answers_are_sequences<int>);
}
