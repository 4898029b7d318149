// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/outcome_rewards.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::outcome_rewards;
using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the reward of an answer is paid for its last token") {
  CHECK(true_at_both_times([] {
    return outcome_rewards(3, rational(1, 2)) == std::vector<rational>{0, 0, rational(1, 2)};
  }));
  CHECK(true_at_both_times([] { return outcome_rewards(1, 2.0) == std::vector{2.0}; }));
  CHECK(true_at_both_times([] {
    std::array<double, 4> row{9, 9, 9, 9};
    auto const end = outcome_rewards(2, 1.0, row.begin() + 1);
    return end == row.begin() + 3 && row == std::array<double, 4>{9, 0, 1, 9};
  }));
  CHECK_THROWS_AS(outcome_rewards(0, 1.0), bellman::invalid_value);
}
