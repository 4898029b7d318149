// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/ended_step.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>

#include <array>
#include <type_traits>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::ended_step;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a last step is terminated by its flag, and else cut off with the recording") {
  CHECK(true_at_both_times([] {
    std::array const rewards{1.0, 2.0};
    auto const returns = [&](auto flag, auto value) {
      return bellman::returns_to_go(rewards, bellman::recorded_steps{.last = ended_step(flag, value)}, 0.5);
    };
    return returns(true, 8.0) == std::array{2.0, 2.0} && returns(0, 8.0) == std::array{4.0, 6.0} &&
           returns(0.0f, 8.0) == std::array{4.0, 6.0};
  }));
}

TEST_CASE("a value that is an integer counts as a number") {
  STATIC_REQUIRE(std::is_same_v<decltype(ended_step(false, 8)), bellman::step<double>>);
  STATIC_REQUIRE(std::is_same_v<decltype(ended_step(false, 8.0f)), bellman::step<float>>);
}
