// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/rloo.hpp>

#include <string>
#include <vector>

#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

}  // namespace

TEST_CASE("RLOO in verl gives a group of one its score in a loop, and 0 in the vectorised form") {
  table const rewards{{0, 1}, {0, 3}, {2, 5}};
  mask const masks{{1, 1}, {0, 1}, {1, 0}};
  std::vector<std::string> const ids{"a", "a", "b"};
  CHECK(verl::rloo_advantages(rewards, masks, ids) == table{{-2, -2}, {0, 2}, {7, 0}});
  CHECK(verl::rloo_vectorized_advantages(rewards, masks, ids) == table{{-2, -2}, {0, 2}, {0, 0}});
}
