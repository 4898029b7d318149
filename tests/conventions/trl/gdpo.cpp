// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/gdpo.hpp>

#include <bellman/error.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace trl = bellman::conventions::trl;
using table = std::vector<std::vector<double>>;

using bellman::invalid_value;
using bellman::test::approx_equal;

}  // namespace

TEST_CASE("each reward function is normalised in its group, and their sum over the batch") {
  // Each function says -+1 / sqrt(2), but for 1e-4, and the second the opposite of the first in the second group.
  table const rewards{{1, 10}, {0, 0}, {1, 0}, {0, 10}};
  auto const a = trl::gdpo_advantages(rewards, std::array{1.0, 1.0}, 2);
  // sqrt(2), -sqrt(2), 0, 0: squares 4, variance 4 / 3
  CHECK(approx_equal(a[0], std::sqrt(2.0) / std::sqrt(4.0 / 3), 1e-3));
  CHECK(approx_equal(a[1], -std::sqrt(2.0) / std::sqrt(4.0 / 3), 1e-3));
  CHECK(std::abs(a[2]) < 1e-3);
}

TEST_CASE("GDPO of integers is that of the same numbers, and a row needs a reward for each weight") {
  std::vector<std::vector<int>> const integers{{0, 0, 1}, {0, 0, 0}, {0, 2, 0}};
  table const numbers{{0, 0, 1}, {0, 0, 0}, {0, 2, 0}};
  std::array const weights{0.5, 1.0, 0.3};
  CHECK(trl::gdpo_advantages(integers, weights, 3) == trl::gdpo_advantages(numbers, weights, 3));
  CHECK_THROWS_AS(trl::gdpo_advantages(numbers, std::array{1.0}, 3), invalid_value);
}
