// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/rewards.hpp>

#include <bellman/error.hpp>

#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace trl = bellman::conventions::trl;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a reward is paid behind the last token, or on it where the row has no padding") {
  CHECK(true_at_both_times([] {
    return trl::outcome_rewards(2, 4, 1.0) == std::vector{0.0, 0.0, 1.0, 0.0} &&
           trl::outcome_rewards(2, 2, 1.0) == std::vector{0.0, 1.0};
  }));
  CHECK_THROWS_AS(trl::outcome_rewards(0, 2, 1.0), bellman::invalid_value);
  CHECK_THROWS_AS(trl::outcome_rewards(3, 2, 1.0), bellman::invalid_value);
}
