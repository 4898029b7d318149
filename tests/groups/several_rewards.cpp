// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/several_rewards.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/gdpo.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/reinforce.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

using bellman::grouping;
using bellman::invalid_value;
using bellman::test::approx_equal;

}  // namespace

TEST_CASE("several rewards are normalised then summed, or summed then normalised") {
  // Two groups of two, in each of which the first objective says +-1 / sqrt 2 and the second the same or the opposite.
  std::vector<std::vector<double>> const objectives{{1, 0, 0, 1}, {100, 0, 100, 0}};
  std::array const weights{3.0, 1.0};
  auto const groups = grouping::consecutive(4, 2);
  double const unit = std::sqrt(0.5);

  auto const normalised_first =
      bellman::several_rewards{bellman::grpo, bellman::reinforce}(objectives, weights, groups);
  std::vector const expected{4 * unit, -4 * unit, -2 * unit, 2 * unit};
  for (std::size_t i = 0; i < 4; ++i) CHECK(approx_equal(normalised_first[i], expected[i], 1e-15));

  // The larger objective drowns the other.
  auto const summed_first = bellman::several_rewards{bellman::reinforce, bellman::grpo}(objectives, weights, groups);
  std::vector const drowned{unit, -unit, unit, -unit};
  for (std::size_t i = 0; i < 4; ++i) CHECK(approx_equal(summed_first[i], drowned[i], 1e-15));

  // Mean 0, squares 2 (8 + 2) of 4
  auto const whitened = bellman::gdpo(objectives, weights, groups);
  for (std::size_t i = 0; i < 4; ++i) CHECK(approx_equal(whitened[i], expected[i] / std::sqrt(20.0 / 3), 1e-14));

  CHECK_THROWS_AS(bellman::gdpo(objectives, std::array{1.0}, groups), invalid_value);
  CHECK_THROWS_AS(bellman::gdpo(objectives, weights, grouping::consecutive(6, 2)), invalid_value);
}
