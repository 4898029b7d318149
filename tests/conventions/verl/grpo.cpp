// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/grpo.hpp>

#include <cmath>
#include <string>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

using bellman::test::approx_equal;

}  // namespace

TEST_CASE("GRPO in verl gives a group of one its score, and masked positions nothing") {
  table const rewards{{0, 1}, {0, 3}, {2, 5}};
  mask const masks{{1, 1}, {0, 1}, {1, 0}};
  std::vector<std::string> const ids{"a", "a", "b"};
  CHECK(verl::dr_grpo_advantages(rewards, masks, ids) == table{{-1, -1}, {0, 1}, {7, 0}});
  auto const g = verl::grpo_advantages(rewards, masks, ids);
  CHECK(approx_equal(g[0][0], -1 / (std::sqrt(2.0) + 1e-6), 1e-14));
  CHECK(approx_equal(g[2][0], 7 / static_cast<double>(1.0f + 1e-6f), 1e-14));
  CHECK(approx_equal(verl::grpo_advantages_with(0.5)(rewards, masks, ids)[0][0], -1 / (std::sqrt(2.0) + 0.5), 1e-14));
}
