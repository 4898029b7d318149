// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rl_tools/gae.hpp>

#include <bellman/error.hpp>
#include <bellman/estimation/trace_parameters.hpp>

#include <array>
#include <vector>

#include "conventions/one_trajectory.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rl_tools leaves a step out that a time limit ended") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    std::array const all_values{values[0], values[1], values[2], values[3], rational(0)};
    auto const a = conventions::rl_tools::gae(rewards, all_values, ends, done, p);
    return a.advantages == std::array{rational(7, 5), rational(0), right[2], right[3]} &&
           a.returns[1] == values[1] && a.returns[0] == rational(19, 10);
  }));
}

TEST_CASE("rl_tools can ignore a termination and bootstrap from the next episode") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    std::array const all_values{values[0], values[1], values[2], values[3], rational(20)};
    std::array const both{false, true, false, true};
    auto const a = conventions::rl_tools::gae_ignoring_termination(rewards, all_values, both, both, p);
    // 2 + 9/10 * 3/2 - 1, and 4 + 18 - 2; the trace is cut
    return a.advantages[1] == rational(47, 20) && a.advantages[3] == rational(20) &&
           a.advantages[0] == rational(7, 5) + rational(18, 25) * rational(47, 20);
  }));
}

TEST_CASE("rows of two lengths are refused by rl_tools") {
  std::vector<double> const two{1, 2};
  bellman::trace_parameters const half{.gamma = 0.5, .lambda = 0.5};
  CHECK_THROWS_AS(conventions::rl_tools::gae(two, two, two, two, half), bellman::invalid_value);
}
