// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/grpo.hpp>

#include <bellman/conventions/trl/deviation.hpp>
#include <bellman/error.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/groups/scale.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "conventions/missing.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace trl = bellman::conventions::trl;
using table = std::vector<std::vector<double>>;

using bellman::invalid_value;
using bellman::test::approx_equal;
using bellman::test::missing;

}  // namespace

TEST_CASE("TRL leaves out rewards that were not given, and answers without any") {
  table const rewards{{1, missing}, {missing, missing}, {0, 2}, {5, 5}, {missing, 7}, {missing, missing}};
  std::array const weights{1.0, 0.5};
  // Sums 1, -, 1 and 7.5, 3.5, -
  auto const none = trl::grpo_advantages(rewards, weights, 3, bellman::unscaled{});
  CHECK(none == std::vector{0.0, 0.0, 0.0, 2.0, -2.0, 0.0});
  auto const group = trl::grpo_advantages(rewards, weights, 3);
  CHECK(approx_equal(group[3], 2 / (std::sqrt(8.0) + 1e-4), 1e-14));
  // 1, 1, 7.5, 3.5: mean 3.25, squares 28.25
  auto const batch = trl::grpo_advantages(rewards, weights, 3, bellman::over_batch{trl::deviation});
  CHECK(approx_equal(batch[3], 2 / (std::sqrt(28.25 / 3) + 1e-4), 1e-7));
}

TEST_CASE("rewards that are integers give TRL what the same numbers give") {
  std::vector<std::vector<int>> const integers{{0, 0, 1}, {0, 0, 0}, {0, 2, 0}};
  table const numbers{{0, 0, 1}, {0, 0, 0}, {0, 2, 0}};
  std::array const weights{0.5, 1.0, 0.3};
  CHECK(trl::grpo_advantages(integers, weights, 3) == trl::grpo_advantages(numbers, weights, 3));
}

TEST_CASE("a row without a reward for each weight is an error") {
  CHECK_THROWS_AS(trl::grpo_advantages(table{{0, 1}, {0, 3}}, std::array{1.0}, 2), invalid_value);
}
