// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/opo.hpp>

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

TEST_CASE("OPO in verl weighs by tokens and gives a group of one its score") {
  table const rewards{{0, 1}, {0, 3}, {2, 5}};
  mask const masks{{1, 1}, {0, 1}, {1, 0}};
  std::vector<std::string> const ids{"a", "a", "b"};
  // (2 1 + 1 3) / 3
  auto const o = verl::opo_advantages(rewards, masks, ids);
  CHECK(approx_equal(o[0][0], -2.0 / 3, 1e-15));
  CHECK(o[2][0] == 7);
}
