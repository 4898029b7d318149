// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/flags_at_next_step.hpp>

#include <bellman/estimation/returns_to_go.hpp>

#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::returns_to_go;
using bellman::conventions::flags_at_next_step;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a step is the last of an episode where the next one is the first of another") {
  CHECK(true_at_both_times([] {
    std::array const rewards{1.0, 2.0, 4.0, 8.0};
    std::array const starts{1, 0, 1, 0};
    // 8 + 1/2 * 40; 4 + 1/2 * 28; 2; 1 + 1/2 * 2
    return returns_to_go(rewards, flags_at_next_step(starts, 0, 40.0), 0.5) == std::array{2.0, 2.0, 18.0, 28.0} &&
           returns_to_go(rewards, flags_at_next_step(starts, 1, 40.0), 0.5) == std::array{2.0, 2.0, 8.0, 8.0};
  }));
}

TEST_CASE("flags at the next of no steps give no estimates") {
  std::vector<double> const none;
  CHECK(returns_to_go(none, flags_at_next_step(none, 0.0, 1.0), 0.5).empty());
}
