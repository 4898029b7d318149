// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/linear_step.hpp>

#include "learning/step_sizes.hpp"

namespace step_sizes {

TEST_CASE("a step size that only its call shows is refused there") {
  CHECK(message_of([] { step_size_of<double>(1.5, 2); }) ==
        "bellman: the size of step 2 is 1.5; it must lie in (0, 1]");
  CHECK(message_of([] { step_size_of<double>([](std::size_t n) { return 2.0 - static_cast<double>(n); }, 2); }) ==
        "bellman: the size of step 2 is 0; it must lie in (0, 1]");
  CHECK_THROWS_AS(step_size_of<float>(1e-60, 1), bellman::invalid_value);  // which is 0 as a float
  CHECK_THROWS_AS(step_size_of<double>(nan, 1), bellman::invalid_value);
  for (auto const& call : std::vector<void (*)()>{[] { harmonic_step{}(0); }, [] { constant_step{0.5}(0); },
                                                  [] { power_step{0.5}(0); }, [] { generalised_harmonic_step{0.5}(0); },
                                                  [] {
                                                    linear_step{0.5, 0.25, 3}(0);
                                                  },
                                                  [] { step_size_of<double>(harmonic_step{}, 0); },
                                                  [] { step_size_of<double>(0.5, 0); }}) {
    CHECK(message_of(call) == "bellman: the size of step 0 is asked for; steps are counted 1, 2, 3, ...");
  }
}

}  // namespace step_sizes
