// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/power_step.hpp>

#include "learning/step_sizes.hpp"

namespace step_sizes {

TEST_CASE("a power of the count is what std::pow has") {
  CHECK(true_at_both_times([] {
    return power_step{0.6}(1) == 1.0 && bellman::approx_equal(power_step{0.5}(64), 0.125, 1e-15) &&
           bellman::approx_equal(power_step{1}(1'000'000), 1e-6, 1e-14);
  }));
  for (double const p : {0.1, 0.51, 0.6, 0.85, 1.0, 2.0}) {
    for (std::size_t const n : {1u, 2u, 3u, 10u, 12'345u, 1'000'000'000u}) {
      CHECK(bellman::approx_equal(power_step{p}(n), std::pow(static_cast<double>(n), -p), 2e-14));
    }
  }
}

}  // namespace step_sizes
