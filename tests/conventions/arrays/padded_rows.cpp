// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/padded_rows.hpp>

#include <cstddef>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::padded_rows;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rows have the shape of their masks, and 0 where a flag is 0") {
  CHECK(true_at_both_times([] {
    std::vector<std::vector<int>> const masks{{1, 0}, {}, {0, 1, 1}};
    auto const rows = padded_rows(masks, [](std::size_t row, std::size_t t) { return 10.0 * double(row) + double(t); });
    return rows == std::vector<std::vector<double>>{{0, 0}, {}, {0, 21, 22}};
  }));
}
