// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/across.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using namespace bellman::conventions;
using bellman::test::true_at_both_times;

template <class Range>
constexpr bool holds(Range const& range, std::initializer_list<double> numbers) {
  return std::ranges::equal(range, numbers);
}

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
