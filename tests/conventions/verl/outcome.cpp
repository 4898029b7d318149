// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/outcome.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/reinforce.hpp>

#include <array>
#include <vector>

#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

using bellman::grouping;
using bellman::invalid_value;

}  // namespace

TEST_CASE("a score is the sum of its row, and its advantage stands at each token") {
  table const rewards{{0, 1}, {2, 3}};
  mask const masks{{1, 1}, {0, 1}};
  CHECK(verl::outcome_scores(rewards) == std::vector{1.0, 5.0});
  CHECK(verl::outcome_scores(std::vector<std::vector<int>>{{0, 1}, {2, 3}}) == std::vector{1.0, 5.0});
  CHECK(verl::outcome{bellman::reinforce}(rewards, masks, std::array{1, 1}) == table{{1, 1}, {0, 5}});
  // Any function of scores and their grouping is a method.
  auto const number_of_groups = [](std::vector<double> const& scores, grouping const& groups) {
    return std::vector<double>(scores.size(), static_cast<double>(groups.size()));
  };
  CHECK(verl::outcome{number_of_groups}(rewards, masks, std::array{1, 2}) == table{{2, 2}, {0, 2}});
}

TEST_CASE("other numbers of masks or ids than rows are errors") {
  table const rewards{{0, 1}, {0, 3}};
  mask const masks{{1, 1}, {0, 1}};
  CHECK_THROWS_AS(verl::outcome{bellman::dr_grpo}(rewards, mask{{1, 1}}, std::array{1, 1}), invalid_value);
  CHECK_THROWS_AS(verl::outcome{bellman::dr_grpo}(rewards, masks, std::array{1}), invalid_value);
}
