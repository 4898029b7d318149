// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/return.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <forward_list>

#include "support/both_times.hpp"
#include "support/catch.hpp"

using bellman::discounted_return;
using bellman::rational;

TEST_CASE("a return is the sum of discounted rewards, and of what comes after the last") {
  CHECK(bellman::test::true_at_both_times([] {
    std::array const rewards{rational(2), rational(4), rational(8)};
    rational const half(1, 2);
    return discounted_return(rewards, half) == rational(6) &&  // 2 + 4/2 + 8/4
           discounted_return(rewards, bellman::truncated{rational(16)}, half) == rational(8) &&
           discounted_return(rewards, bellman::terminated{}, half) == rational(6);
  }));
}

TEST_CASE("rewards need be walked but once, and forwards") {
  CHECK(discounted_return(std::forward_list{0.0, 0.0, 1.0}, 0.5) == 0.25);
}

TEST_CASE("a return refuses a discount outside of 0 to 1") {
  CHECK_THROWS_AS(discounted_return(std::array{1.0}, 1.5), bellman::invalid_value);
}
