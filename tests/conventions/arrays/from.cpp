// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/from.hpp>

#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/time_major.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::from;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a column from a number on") {
  CHECK(true_at_both_times([] {
    std::array const numbers{1, 2, 3};
    return std::ranges::equal(from(numbers, 1), std::array{2, 3}) && from(numbers, 3).empty() &&
           from(numbers, 9).empty();
  }));
  std::vector<double> const numbers{1, 2, 3};
  CHECK(&*from(numbers, 2).begin() == &numbers[2]);
}

TEST_CASE("the steps of several sequences from one on") {
  CHECK(true_at_both_times([] {
    std::array const numbers{1, 10, 2, 20, 3, 30};
    auto const later = from(bellman::time_major(numbers, 2), 1);
    return later.steps() == 2 && later.sequence(1)[0] == 20 && from(bellman::time_major(numbers, 2), 9).steps() == 0 &&
           from(bellman::batch_major(numbers, 3), 2).sequence(1)[0] == 30;
  }));
}
