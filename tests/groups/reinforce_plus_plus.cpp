// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/reinforce_plus_plus.hpp>

#include <bellman/groups/grouping.hpp>
#include <bellman/groups/whiten.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

using bellman::grouping;
using bellman::test::approx_equal;

}  // namespace

TEST_CASE("REINFORCE++ whitens the returns of all tokens") {
  std::vector<std::vector<double>> const rewards{{0, 0, 4}, {2}};
  // Returns 1, 2, 4 and 2: mean 9 / 4, squares 25 / 16 + 1 / 16 + 49 / 16 + 1 / 16
  auto const a = bellman::reinforce_plus_plus(rewards, 0.5);
  double const width = std::sqrt(76.0 / 16 / 3);
  CHECK(approx_equal(a[0][0], -1.25 / width, 1e-15));
  CHECK(approx_equal(a[0][2], 1.75 / width, 1e-15));
  CHECK(approx_equal(a[1][0], -0.25 / width, 1e-15));
}

TEST_CASE("REINFORCE++ with a baseline whitens centred rewards as often as there are tokens") {
  std::vector const rewards{1.0, 0.0, 5.0, 5.0};
  std::vector const lengths{3, 1, 2, 2};
  auto const a = bellman::reinforce_plus_plus_baseline(rewards, lengths, grouping::consecutive(4, 2));
  // What comes of 0.5, 0.5, 0.5, -0.5, 0, 0, 0, 0
  auto const tokens = bellman::whiten(std::array{0.5, 0.5, 0.5, -0.5, 0.0, 0.0, 0.0, 0.0});
  CHECK(approx_equal(a[0], tokens[0], 1e-15));
  CHECK(approx_equal(a[1], tokens[3], 1e-15));
  CHECK(approx_equal(a[2], tokens[4], 1e-15));
  CHECK(a[2] == a[3]);
}
