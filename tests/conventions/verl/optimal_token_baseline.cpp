// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/optimal_token_baseline.hpp>

#include <bellman/error.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

using bellman::invalid_value;
using bellman::test::approx_equal;

}  // namespace

TEST_CASE("verl's optimal token baseline keeps the tail of the longest answer, or compares it with nothing") {
  table const rewards{{0, 0, 6}, {2, 0, 0}, {1, 1, 1}};
  mask const masks{{1, 1, 1}, {1, 0, 0}, {1, 1, 0}};
  std::array const ids{0, 0, 1};
  // exp(0) = 1: norms 1 - 2 + 2 = 1 at every token
  table const log_probs(3, std::vector<double>(3, 0.0));
  table const squares(3, std::vector<double>(3, 2.0));
  auto const kept = verl::optimal_token_baseline_advantages(rewards, masks, ids, log_probs, squares);
  CHECK(kept.returns == table{{6, 6, 6}, {2, 0, 0}, {2, 1, 0}});
  CHECK(approx_equal(kept.advantages[0][0], 2.0, 1e-7));
  CHECK(std::abs(kept.advantages[0][1]) < 1e-7);
  CHECK(kept.advantages[2] == std::vector{2.0, 1.0, 0.0});
  auto const cut = verl::optimal_token_baseline_advantages(rewards, masks, ids, log_probs, squares, verl::zero_tail{});
  CHECK(approx_equal(cut.advantages[0][0], 2.0, 1e-7));
  CHECK(cut.advantages[0][1] == 6);
  CHECK(cut.advantages[0][2] == 6);
  CHECK(cut.advantages[1][0] == kept.advantages[1][0]);
  // Weights 2 and 1, squared
  table const rollout{{2, 2, 2}, {1, 1, 1}, {1, 1, 1}};
  auto const weighed = verl::optimal_token_baseline_advantages(rewards, masks, ids, log_probs, squares, rollout);
  CHECK(approx_equal(weighed.advantages[0][0], 6 - (4 * 6 + 2) / 5.0, 1e-7));
}

TEST_CASE("verl's optimal token baseline needs the rows of a group padded to one length") {
  table const rewards{{0, 0, 6}, {2}, {1, 1}};
  mask const masks{{1, 1, 1}, {1}, {1, 1}};
  table const ones{{0, 0, 0}, {0}, {0, 0}};
  for (auto const& ids : {std::array{0, 0, 1}, std::array{1, 0, 0}}) {
    CHECK_THROWS_AS(verl::optimal_token_baseline_advantages(rewards, masks, ids, ones, ones), invalid_value);
  }
  CHECK(verl::optimal_token_baseline_advantages(rewards, masks, std::array{0, 1, 2}, ones, ones).returns[0][0] == 6);
}
