// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/torchrl/groups.hpp>

#include <array>
#include <cmath>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace torchrl = bellman::conventions::torchrl;

using bellman::test::approx_equal;

}  // namespace

TEST_CASE("torchrl has a floor of 1e-6 for the deviation, and equal rewards are 0") {
  std::array const rewards{1.0, 3.0};
  CHECK(approx_equal(torchrl::mc_advantage(rewards)[1], 1 / std::sqrt(2.0), 1e-15));
  CHECK(approx_equal(torchrl::mc_advantage(std::array{0.0, 0x1p-30})[1], 0x1p-31 / 1e-6, 1e-15));
  std::array const equal{0.1f, 0.1f, 0.1f};
  CHECK(torchrl::mc_advantage(equal) == std::array{0.0f, 0.0f, 0.0f});
}
