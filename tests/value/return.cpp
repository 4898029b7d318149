// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/return.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cmath>
#include <forward_list>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/sixteen_bits.hpp"

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

TEST_CASE("a return without a discount is a sum that is right to its last digits") {
  CHECK(bellman::discounted_return(std::vector<float>(1000000, 0.1f), 1.0f) == 100000.0f);
  // 0.1 is 3602879701896397 2^-55: 10^6 times that is nearest to 10^5.
  CHECK(bellman::discounted_return(std::vector<double>(1000000, 0.1), 1) == 100000.0);
  CHECK(bellman::discounted_return(std::vector{1.0, 1e100, 1.0}, bellman::truncated{-1e100}, 1) == 2.0);
  CHECK(bellman::discounted_return(std::vector(1000000, std::array{0.1f, 0.2f}), 1) ==
        std::array{100000.0f, 200000.0f});
}

TEST_CASE("a return of many floats with a discount near one is that of doubles, rounded") {
  // sum_t (0.1) g^t over 10^6 steps with g = 1 - 2^-16: 0.1 2^16 (1 - g^1000000).
  double const g = 1 - 0x1p-16;
  double const expected = static_cast<double>(0.1f) * 0x1p16 * (1 - std::pow(g, 1e6));
  float const got = bellman::discounted_return(std::vector<float>(1000000, 0.1f), static_cast<float>(g));
  CHECK(std::abs(static_cast<double>(got) / expected - 1) <= 0x1p-23);
}

TEST_CASE("rewards of 16 bits have a return that is a float") {
  using bellman::test::brain_float;
  using bellman::test::half_float;
  auto const of_ones = bellman::discounted_return(std::vector<half_float>(4096, half_float(1.0f)), 1.0f);
  STATIC_REQUIRE(std::is_same_v<decltype(of_ones), float const>);
  CHECK(of_ones == 4096.0f);
  std::array const rewards{brain_float(1.0f), brain_float(2.0f)};
  CHECK(bellman::discounted_return(rewards, bellman::truncated{brain_float(4.0f)}, brain_float(0.5f)) == 3.0f);
  CHECK(bellman::discounted_return(rewards, 0.5) == 2.0f);
}
