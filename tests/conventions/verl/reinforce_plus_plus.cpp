// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/reinforce_plus_plus.hpp>

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

TEST_CASE("a token that is masked inside an answer lets the return pass") {
  table const rewards{{0, 0, 0, 8}, {0, 4, 0, 0}};
  mask const masks{{1, 0, 1, 1}, {1, 1, 0, 0}};
  auto const [advantages, returns] = verl::reinforce_plus_plus_advantages(rewards, masks, 0.5);
  CHECK(returns == table{{2, 0, 4, 8}, {2, 4, 0, 0}});
  CHECK(advantages[0][1] == 0);
  CHECK(advantages[1][3] == 0);
  CHECK(advantages[0][0] == advantages[1][0]);
  CHECK_THROWS_AS(verl::reinforce_plus_plus_advantages(rewards, mask{{1, 0, 1, 1}, {1, 1}}, 1.0), invalid_value);
}

TEST_CASE("the centred score on tokens is whitened over all tokens") {
  table const rewards{{0, 1}, {0, 5}};
  // -2, -2, 2: mean -2/3, squares 32/3, variance 16/3
  auto const a = verl::reinforce_plus_plus_baseline_advantages(rewards, mask{{1, 1}, {1, 0}}, std::array{1, 1});
  CHECK(approx_equal(a[1][0], (8.0 / 3) / std::sqrt(16.0 / 3), 1e-7));
  CHECK(approx_equal(a[0][0], (-4.0 / 3) / std::sqrt(16.0 / 3), 1e-7));
  CHECK(a[1][1] == 0);
}
