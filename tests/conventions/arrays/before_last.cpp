// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/before_last.hpp>

#include <bellman/error.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::before_last;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("of one value more than there are steps the last is left out") {
  CHECK(true_at_both_times([] {
    std::array const values{1, 2, 3};
    return std::ranges::equal(before_last(values, 2), std::array{1, 2});
  }));
  std::vector<double> const values{1, 2, 3};
  CHECK(&*before_last(values, 2).begin() == values.data());
  CHECK_THROWS_AS(before_last(values, 3), bellman::invalid_value);
  CHECK_THROWS_AS(before_last(values, 1), bellman::invalid_value);
}
