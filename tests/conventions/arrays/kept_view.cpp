// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/kept_view.hpp>

#include <algorithm>
#include <array>
#include <ranges>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::kept_view;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a view of the elements whose flag is set, which can be read where it is const") {
  CHECK(true_at_both_times([] {
    std::array const row{1, 2, 3, 4};
    std::array const mask{false, true, false, true};
    kept_view const kept(row.begin(), mask.begin(), mask.end());
    return std::ranges::equal(kept, std::array{2, 4});
  }));
  std::vector<int> const none;
  kept_view const kept(none.begin(), none.begin(), none.end());
  STATIC_REQUIRE(std::ranges::forward_range<decltype(kept)>);
  CHECK(kept.empty());
}
