// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rllib/value_targets.hpp>

#include <bellman/error.hpp>

#include <array>
#include <vector>

#include "conventions/one_trajectory.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rllib's targets come from episodes with one artificial step each") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    rational const zero(0);
    std::array const v{values[0], values[1], next_values[1], values[2], values[3], rational(5)};
    std::array const r{rewards[0], rewards[1], zero, rewards[2], rewards[3], zero};
    std::array const terminateds{0, 0, 0, 0, 0, 1};
    std::array const truncateds{0, 0, 1, 0, 0, 0};
    auto const targets = conventions::rllib::value_targets(v, r, terminateds, truncateds, p.gamma, p.lambda);
    return targets[0] - values[0] == right[0] && targets[1] - values[1] == right[1] &&
           targets[3] - values[2] == right[2] && targets[4] - values[3] == right[3];
  }));
}

TEST_CASE("rllib's terminated step lets something of the next episode through") {
  CHECK(true_at_both_times([] {
    std::array const v{0.0, 0.0, 64.0, 0.0};
    std::array const r{1.0, 0.0, 0.0, 0.0};
    std::array const terminateds{0, 1, 0, 1};
    std::array const truncateds{0, 0, 0, 0};
    auto const targets = conventions::rllib::value_targets(v, r, terminateds, truncateds, 0.5, 0.5);
    return targets[0] == 1 + 0.25 * 16;  // the artificial step has 1/2 * 1/2 * 64
  }));
}

TEST_CASE("rows of two lengths are refused by rllib") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  CHECK_THROWS_AS(conventions::rllib::value_targets(two, two, two, three, 0.5, 0.5), bellman::invalid_value);
}
