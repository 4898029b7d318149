// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/gpg.hpp>

#include <array>
#include <vector>

#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

}  // namespace

TEST_CASE("GPG in verl counts the scores that are not 0") {
  table const rewards{{0, 1}, {3, 0}, {0, 0}, {0, 0}};
  mask const masks{{1, 1}, {1, 0}, {1, 1}, {0, 1}};
  std::array const ids{1, 1, 2, 2};
  // Scores 1, 3, 0, 0: 4 rows, 2 of them not 0
  CHECK(verl::gpg_advantages(rewards, masks, ids) == table{{-2, -2}, {2, 0}, {0, 0}, {0, 0}});
  CHECK(verl::gpg_advantages(rewards, masks, ids, 4.0) == table{{-0.5, -0.5}, {0.5, 0}, {0, 0}, {0, 0}});
}
