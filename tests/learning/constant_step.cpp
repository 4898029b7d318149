// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/constant_step.hpp>

#include "learning/step_sizes.hpp"

namespace step_sizes {

TEST_CASE("a constant step forgets by a constant factor") {
  // 7 / 2^5 + sum_n g_n / 2^(6 - n)
  CHECK(true_at_both_times([] {
    std::array<rational, 5> const targets{3, 0, -4, 0, 1};
    return learned(constant_step{rational(1, 2)}, targets) == rational(7 + 3 - 4 * 4 + 16, 32) &&
           learned(rational(1, 2), targets) == rational(7 + 3 - 4 * 4 + 16, 32);
  }));
}

}  // namespace step_sizes
