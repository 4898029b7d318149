// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/value_unless.hpp>

#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/recorded_steps.hpp>

#include <array>
#include <type_traits>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::value_unless;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("after a last step comes 0 by its flag, and else the value") {
  CHECK(true_at_both_times([] {
    std::array const rewards{1.0, 2.0};
    auto const returns = [&](auto flag, auto value) {
      return bellman::returns_to_go(rewards, bellman::recorded_steps{.value_after_last = value_unless(flag, value)}, 0.5);
    };
    return returns(true, 8.0) == std::array{2.0, 2.0} && returns(0, 8.0) == std::array{4.0, 6.0} &&
           returns(0.0f, 8.0) == std::array{4.0, 6.0};
  }));
}

TEST_CASE("a value that is an integer counts as a number") {
  STATIC_REQUIRE(std::is_same_v<decltype(value_unless(false, 8)), double>);
  STATIC_REQUIRE(std::is_same_v<decltype(value_unless(false, 8.0f)), float>);
}
