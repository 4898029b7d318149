// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/tokens_in_rows.hpp>

#include <cstddef>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::tokens_in_rows;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a row has as many tokens as flags of its mask are not 0") {
  CHECK(true_at_both_times([] {
    std::vector<std::vector<int>> const masks{{1, 0}, {}, {0, 2, 1}};
    return tokens_in_rows(masks) == std::vector<std::size_t>{1, 0, 2};
  }));
}
