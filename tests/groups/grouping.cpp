// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/grouping.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/opo.hpp>
#include <bellman/groups/optimal_token_baseline.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "groups/rows.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::grouping;
using bellman::invalid_value;
using bellman::test::rows;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rows with equal ids are a group, in the order in which they first appear") {
  std::vector<std::string> const ids{"b", "b", "a", "b", "c", "a"};
  grouping const groups(ids);
  REQUIRE(groups.size() == 3);
  CHECK(groups.rows() == 6);
  CHECK(rows(groups[0]) == std::vector<std::size_t>{0, 1, 3});
  CHECK(rows(groups[1]) == std::vector<std::size_t>{2, 5});
  CHECK(rows(groups[2]) == std::vector<std::size_t>{4});
  CHECK(grouping(std::vector<int>{}).size() == 0);
  CHECK(true_at_both_times([] {
    grouping const g(std::array{7, 5, 7});
    return g.size() == 2 && g[0][1] == 2 && g[1][0] == 1 &&
           grouping(std::array{1, 1, 2, 2}) == grouping::consecutive(4, 2);
  }));
}

TEST_CASE("ids need no order") {
  struct id {
    int number;
    bool operator==(id const&) const = default;
  };
  CHECK(grouping(std::vector<id>{{3}, {1}, {1}, {3}, {2}, {1}}) == grouping(std::array{3, 1, 1, 3, 2, 1}));
  std::vector<id> without_order;
  std::vector<int> with_order;
  for (int i = 0; i < 500; ++i) {
    with_order.push_back(i * i * 7 % 101);
    without_order.push_back({with_order.back()});
  }
  grouping const groups(with_order);
  CHECK(groups == grouping(without_order));
  std::size_t rows_in_groups = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t const row : groups[g]) CHECK(with_order[row] == with_order[groups[g][0]]);
    for (std::size_t i = 1; i < groups[g].size(); ++i) CHECK(groups[g][i - 1] < groups[g][i]);
    if (g > 0) CHECK(groups[g - 1][0] < groups[g][0]);
    rows_in_groups += groups[g].size();
  }
  CHECK(rows_in_groups == 500);
  CHECK(groups.size() == 51);  // the squares modulo 101
}

TEST_CASE("an id that is not equal to itself is refused, wherever it stands") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(grouping(std::vector{2.0, nan, 1.0, nan, 2.0, 1.0, nan, 2.0, 0.0, 1.0}), invalid_value);
  CHECK_THROWS_AS(grouping(std::vector{nan}), invalid_value);
  CHECK_THROWS_AS(grouping(std::vector{1.0, 1.0, nan}), invalid_value);
  struct id {
    float number;
    bool operator==(id const&) const = default;
  };
  CHECK_THROWS_AS(grouping(std::vector<id>{{1}, {static_cast<float>(nan)}, {1}}), invalid_value);
  CHECK(grouping(std::vector{2.0, 1.0, 2.0}).size() == 2);
}

TEST_CASE("groups of one size follow one another, and must come out even") {
  grouping const groups = grouping::consecutive(6, 3);
  REQUIRE(groups.size() == 2);
  CHECK(rows(groups[1]) == std::vector<std::size_t>{3, 4, 5});
  CHECK(grouping::consecutive(0, 3).size() == 0);
  CHECK_THROWS_AS(grouping::consecutive(6, 4), invalid_value);
  CHECK_THROWS_AS(grouping::consecutive(6, 0), invalid_value);
}

TEST_CASE("a grouping is a range of its groups") {
  STATIC_REQUIRE(std::ranges::random_access_range<grouping const> && std::ranges::sized_range<grouping const>);
  STATIC_REQUIRE(std::same_as<std::ranges::range_value_t<grouping>, std::span<std::size_t const>>);
  STATIC_REQUIRE(!std::ranges::borrowed_range<grouping>);
  CHECK(true_at_both_times([] {
    grouping const g(std::array{7, 5, 7, 4, 5});
    std::size_t rows_seen = 0;
    std::size_t groups_seen = 0;
    for (auto const members : g) {
      for (std::size_t const row : members) rows_seen = 10 * rows_seen + row;
      ++groups_seen;
    }
    return groups_seen == 3 && rows_seen == 2143 && std::ranges::distance(grouping{}) == 0 &&
           (*(g.end() - 1))[0] == 3 && g.begin()[1].size() == 2;
  }));
  grouping const groups(std::array{7, 5, 7});
  // Any algorithm of ranges takes it.
  CHECK(std::ranges::count_if(groups, [](auto const& members) { return members.size() == 1; }) == 1);
  CHECK(std::ranges::find_if(groups, [](auto const& members) { return members.size() == 1; }) - groups.begin() == 1);
}

TEST_CASE("a grouping is a range of numbers of rows, but of no rewards") {
  using method = decltype(bellman::dr_grpo) const&;
  STATIC_REQUIRE(std::is_invocable_v<method, std::vector<double>, grouping>);
  STATIC_REQUIRE(std::is_invocable_v<method, std::vector<double>, grouping&>);
  STATIC_REQUIRE(!std::is_invocable_v<method, grouping>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(bellman::opo) const&, std::vector<double>, grouping>);
  using returns = std::vector<std::vector<double>>;
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::optimal_token_advantages) const&, returns, returns, grouping>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(bellman::optimal_token_advantages) const&, returns, grouping>);
}

TEST_CASE("a part of a batch is read and written where it lies") {
  std::vector values{1.0, 2.0, 3.0};
  grouping const groups(std::vector{0, 1, 0});
  auto const part = bellman::part_of(values, groups[0]);
  part[1] = 7.0;
  CHECK(values == std::vector{1.0, 2.0, 7.0});
  CHECK(bellman::part_of(std::span(values), groups[1])[0] == 2.0);
}
