// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/openrlhf/groups.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "conventions/missing.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace openrlhf = bellman::conventions::openrlhf;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

using bellman::test::approx_equal;
using bellman::test::missing;

}  // namespace

TEST_CASE("OpenRLHF adds 1e-9 to the deviation, and equal rewards are 0") {
  std::array const rewards{1.0, 3.0};
  CHECK(approx_equal(openrlhf::group_norm_advantages(rewards)[1], 1 / (std::sqrt(2.0) + 1e-9), 1e-15));
  CHECK(openrlhf::rloo_advantages(rewards) == std::array{-2.0, 2.0});
  CHECK(openrlhf::dr_grpo_advantages(rewards) == std::array{-1.0, 1.0});
  CHECK(openrlhf::reinforce_baseline_advantages(rewards) == std::array{-1.0, 1.0});
  CHECK(openrlhf::reinforce_advantages(rewards) == rewards);
  std::array const equal{0.1f, 0.1f, 0.1f};
  CHECK(openrlhf::group_norm_advantages(equal) == std::array{0.0f, 0.0f, 0.0f});
  CHECK(openrlhf::group_norm_advantages(std::array{5.0})[0] == 0.0);
}

TEST_CASE("OpenRLHF whitens each row by itself, and does not read what a mask leaves out") {
  table const values{{1, missing}, {3, 5}};
  mask const masks{{1, 0}, {1, 1}};
  CHECK(openrlhf::masked_normalize(values, masks) == table{{0, 0}, {-1, 1}});
  CHECK(openrlhf::masked_normalize(std::vector<std::vector<int>>{{3, 5}}, mask{{1, 1}}) == table{{-1, 1}});
}
