// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/grpo.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("GRPO divides the centred reward by the deviation, and Dr. GRPO does not") {
  CHECK(true_at_both_times([] {
    // Mean 2, squares 4 + 0 + 4, variance 4
    std::array const rewards{4.0, 2.0, 0.0};
    return bellman::grpo(rewards) == std::array{1.0, 0.0, -1.0} &&
           bellman::dr_grpo(rewards) == std::array{2.0, 0.0, -2.0} && bellman::grpo(std::array{0.1, 0.1})[0] == 0.0;
  }));
}
