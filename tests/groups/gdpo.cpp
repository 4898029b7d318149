// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/gdpo.hpp>

#include <bellman/groups/grouping.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

using bellman::grouping;
using bellman::test::approx_equal;

}  // namespace

TEST_CASE("GDPO normalises each reward in its group, and whitens their sum over the batch") {
  std::vector<std::vector<double>> const objectives{{1, 0, 0, 1}, {100, 0, 0, 100}};
  // Both say the same: (1 + 2) (+-1 / sqrt 2), whitened: squares 4 9 / 2, variance 6
  auto const a = bellman::gdpo(objectives, std::array{1.0, 2.0}, grouping::consecutive(4, 2));
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(approx_equal(a[i], (i == 0 || i == 3 ? 3 : -3) * std::sqrt(0.5) / std::sqrt(6.0), 1e-14));
  }
}
