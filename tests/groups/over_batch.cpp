// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/over_batch.hpp>

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/probability/spread.hpp>

#include <cstddef>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

using bellman::group_advantages;
using bellman::group_mean;
using bellman::grouping;
using bellman::over_batch;
using bellman::standard_deviation;
using bellman::test::approx_equal;

}  // namespace

TEST_CASE("a scale of the batch is the same for every group, and takes no part of rows that are left out") {
  // All four rewards: mean 3, squares 4 + 0 + 0 + 4, variance 8 / 3
  std::vector const rewards{1.0, 3.0, 3.0, 5.0, 1000.0};
  auto const groups = grouping(std::vector{0, 0, 1, 1, 2}).only_rows([](std::size_t row) { return row < 4; });
  group_advantages const method{group_mean{}, over_batch{standard_deviation{}}};
  auto const a = method(rewards, groups);
  for (std::size_t i = 0; i < 4; ++i) CHECK(approx_equal(a[i], (i % 2 == 0 ? -1 : 1) * 0.61237243569579447, 1e-15));
  CHECK(a[4] == 0.0);
  auto const nested = method(std::vector<std::vector<double>>{{1, 3}, {3, 5}});
  CHECK(nested == std::vector<std::vector<double>>{{a[0], a[1]}, {a[2], a[3]}});
}
