// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/grpo_passk.hpp>

#include <bellman/error.hpp>

#include <array>
#include <cmath>
#include <string>
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

TEST_CASE("pass at k in verl is the lead of the best score, and an error in a group of one") {
  table const rewards{{0, 1}, {0, 3}, {2, 5}};
  mask const masks{{1, 1}, {0, 1}, {1, 0}};
  std::vector<std::string> const ids{"a", "a", "b"};
  CHECK_THROWS_AS(verl::grpo_passk_advantages(rewards, masks, ids), invalid_value);
  std::array const together{1, 1, 1};
  CHECK(verl::dr_grpo_passk_advantages(rewards, masks, together) == table{{0, 0}, {0, 0}, {4, 0}});
  // 1, 3, 7: squares 64/9 + 4/9 + 100/9
  auto const scaled = verl::grpo_passk_advantages(rewards, masks, together);
  CHECK(approx_equal(scaled[2][0], 4 / (std::sqrt(168.0 / 18) + 1e-6), 1e-14));
}
