// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/across.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/returns_to_go.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <ranges>
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

TEST_CASE("an estimate is written into the columns of rows") {
  CHECK(true_at_both_times([] {
    std::array const rewards{std::array{1.0, 10.0}, std::array{2.0, 20.0}};
    std::array returns{std::array{7.0, 7.0}, std::array{7.0, 7.0}};
    for (std::size_t i = 0; i < 2; ++i) {
      bellman::returns_to_go(across(rewards, i), bellman::terminated{}, 0.5, across(returns, i).begin());
    }
    return returns == std::array{std::array{2.0, 20.0}, std::array{2.0, 20.0}};
  }));
  std::vector<std::vector<bool>> flags{{false, true}, {true, true}};
  *across(flags, 1).begin() = false;
  CHECK(flags[0] == std::vector<bool>{false, false});
}

TEST_CASE("of rows that are made where they are asked for, a column holds the values") {
  auto const rows = std::views::iota(0, 3) | std::views::transform([](int t) { return std::vector<int>{t, 10 * t}; });
  CHECK(holds(across(rows, 1), {0, 10, 20}));
  STATIC_REQUIRE(!std::output_iterator<decltype(across(rows, 1).begin()), int>);
}
