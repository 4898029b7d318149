// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/across.hpp>

#include <array>
#include <vector>

#include "conventions/arrays/holds.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::across;
using bellman::test::holds;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the columns of rows are read where they lie") {
  CHECK(true_at_both_times([] {
    std::array const rows{std::array{1.0, 10.0}, std::array{2.0, 20.0}, std::array{3.0, 30.0}};
    return holds(across(rows, 1), {10, 20, 30});
  }));
  std::vector<std::vector<int>> rows{{1, 2}, {3, 4}};
  auto const first = across(rows, 0);
  rows[1][0] = 7;
  CHECK(holds(first, {1, 7}));
}
