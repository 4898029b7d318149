// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/remax.hpp>

#include <bellman/error.hpp>

#include <array>
#include <vector>

#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

using bellman::invalid_value;

}  // namespace

TEST_CASE("ReMax in verl leaves a masked token inside an answer its return") {
  table const rewards{{0, 0, 0, 8}, {0, 4, 0, 0}};
  mask const masks{{1, 0, 1, 1}, {1, 1, 0, 0}};
  CHECK(verl::remax_advantages(rewards, std::array{1.0, 2.0}, masks).advantages == table{{7, 8, 7, 7}, {2, 2, 0, 0}});
  CHECK(verl::remax_advantages(rewards, std::array{1.0, 2.0}, masks).returns == table{{8, 8, 8, 8}, {4, 4, 0, 0}});
  CHECK_THROWS_AS(verl::remax_advantages(rewards, std::array{1.0}, masks), invalid_value);
}
