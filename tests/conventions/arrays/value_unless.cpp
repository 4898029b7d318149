// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/value_unless.hpp>

#include <bellman/error.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/recorded_steps.hpp>

#include <array>
#include <type_traits>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace conventions_arrays_value_unless_test {

using bellman::conventions::value_unless;
using bellman::test::true_at_both_times;

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

TEST_CASE("of several sequences there is one for each, by its own flag") {
  CHECK(true_at_both_times([] {
    std::array const flags{0, 1, 0};
    std::array const values{4, 5, 6};
    auto const after = value_unless(flags, values);
    return after.size() == 3 && after[0] == 4.0 && after[1] == 0.0 && after[2] == 6.0;
  }));
  std::array const two{0, 1};
  std::array const values{4.0, 5.0, 6.0};
  CHECK_THROWS_AS(value_unless(two, values), bellman::invalid_value);
}

}  // namespace conventions_arrays_value_unless_test
