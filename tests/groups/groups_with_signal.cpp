// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/groups_with_signal.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/grouping.hpp>

#include <array>
#include <cstddef>
#include <limits>
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

TEST_CASE("groups whose rewards are all equal have no signal and can be left out of the batch") {
  CHECK(true_at_both_times([] {
    return bellman::has_signal(std::array{1, 0, 1}) && !bellman::has_signal(std::array{0.1, 0.1}) &&
           !bellman::has_signal(std::array{3.0}) && !bellman::has_signal(std::vector<double>{});
  }));
  std::vector const rewards{1.0, 1.0, 0.0, 1.0, 0.0, 0.0};
  auto const alive = bellman::groups_with_signal(rewards, grouping::consecutive(6, 2));
  REQUIRE(alive.size() == 1);
  CHECK(rows(alive[0]) == std::vector<std::size_t>{2, 3});
  CHECK_THROWS_AS(bellman::has_signal(std::array{1.0, std::numeric_limits<double>::quiet_NaN()}), invalid_value);
  CHECK_THROWS_AS(bellman::groups_with_signal(std::vector{1.0}, grouping::consecutive(6, 2)), invalid_value);
}

TEST_CASE("the share of the groups without signal") {
  CHECK(true_at_both_times([] {
    std::array const rewards{1.0, 1.0, 0.0, 1.0, 0.0, 0.0};
    return bellman::share_without_signal(rewards, grouping::consecutive(6, 2)) == 2.0 / 3 &&
           bellman::share_without_signal(rewards, grouping::consecutive(6, 6)) == 0.0;
  }));
  std::vector<double> const none;
  CHECK_THROWS_AS(bellman::share_without_signal(none, grouping(std::vector<int>{})), invalid_value);
  CHECK_THROWS_AS(bellman::share_without_signal(std::vector{1.0}, grouping::consecutive(6, 2)), invalid_value);
}
