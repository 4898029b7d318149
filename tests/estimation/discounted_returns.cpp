// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/discounted_returns.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/return.hpp>

#include <array>
#include <concepts>
#include <forward_list>
#include <limits>
#include <list>
#include <ranges>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::discounted_return;
using bellman::discounted_returns;
using bellman::rational;
using bellman::terminated;
using bellman::truncated;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a return is the sum of discounted rewards") {
  // 2 + 1/2 * 4 + 1/4 * 8 = 6
  CHECK(true_at_both_times([] {
    std::array const rewards{rational(2), rational(4), rational(8)};
    rational const half(1, 2);
    return discounted_return(rewards, half) == rational(6) &&
           discounted_returns(rewards, half) == std::array{rational(6), rational(8), rational(8)} &&
           discounted_return(rewards, rational(0)) == rational(2) &&
           discounted_return(rewards, rational(1)) == rational(14);
  }));
  STATIC_REQUIRE(discounted_return(std::array{0.0, 0.0, 1.0}, 0.5) == 0.25);
}

TEST_CASE("after a truncated episode counts the value it was given") {
  CHECK(true_at_both_times([] {
    std::array const rewards{rational(2), rational(4)};
    rational const half(1, 2);
    return discounted_return(rewards, truncated{rational(8)}, half) == rational(6) &&
           discounted_return(rewards, terminated{}, half) == rational(4) &&
           discounted_returns(rewards, half, truncated{rational(8)}) == std::array{rational(6), rational(8)};
  }));
}

TEST_CASE("the return of no rewards is nothing, or what comes after") {
  CHECK(true_at_both_times([] {
    std::vector<double> const none{};
    return discounted_return(none, 0.5) == 0.0 && discounted_return(none, truncated{3.0}, 0.5) == 3.0 &&
           discounted_returns(none, 0.5).empty();
  }));
}

TEST_CASE("an array gives an array, other ranges give a vector") {
  STATIC_REQUIRE(std::same_as<decltype(discounted_returns(std::array{1.0f}, 0.5)), std::array<float, 1>>);
  STATIC_REQUIRE(std::same_as<decltype(discounted_returns(std::vector{1.0f}, 0.5)), std::vector<float>>);
  STATIC_REQUIRE(std::same_as<decltype(discounted_returns(std::vector{1}, 0.5)), std::vector<double>>);
  STATIC_REQUIRE(std::same_as<decltype(discounted_returns(std::vector{1}, 1)), std::vector<double>>);
  STATIC_REQUIRE(std::same_as<decltype(discounted_return(std::vector{1}, rational(1, 2))), rational>);
  STATIC_REQUIRE(std::same_as<decltype(discounted_return(std::vector{rational(1)}, 1)), rational>);
  STATIC_REQUIRE(
      std::same_as<decltype(discounted_return(std::vector{1.0}, bellman::dual<double>(0.5))), bellman::dual<double>>);
}

TEST_CASE("rewards may be any range") {
  std::list<double> const list{0.0, 0.0, 1.0};
  std::forward_list<double> const forward{0.0, 0.0, 1.0};
  std::istringstream text("0 0 1");
  CHECK(discounted_return(list, 0.5) == 0.25);
  CHECK(discounted_return(forward, 0.5) == 0.25);
  CHECK(discounted_return(std::ranges::istream_view<double>(text), 0.5) == 0.25);
  CHECK(discounted_return(std::views::iota(0, 3), 0.5) == 1.0);
  CHECK(discounted_returns(list, 0.5) == std::vector{0.25, 0.5, 1.0});
  std::vector<double> const more{5.0, 0.0, 0.0, 1.0, 5.0};
  CHECK(discounted_returns(more | std::views::drop(1) | std::views::take(3), 0.5) == std::vector{0.25, 0.5, 1.0});
}

TEST_CASE("returns may be written into the caller's memory, that of the rewards included") {
  CHECK(true_at_both_times([] {
    std::array rewards{0.0, 0.0, 1.0};
    std::array<double, 5> out{9.0, 9.0, 9.0, 9.0, 9.0};
    auto const end = discounted_returns(rewards, 0.5, out.begin() + 1);
    bool const good = end == out.begin() + 4 && out == std::array{9.0, 0.25, 0.5, 1.0, 9.0};
    discounted_returns(rewards, 0.5, truncated{2.0}, rewards.begin());
    return good && rewards == std::array{0.5, 1.0, 2.0};
  }));
  std::vector<float> rewards{0, 0, 1};
  discounted_returns(std::span<float const>(rewards), 0.5f, rewards.data());
  CHECK(rewards == std::vector{0.25f, 0.5f, 1.0f});
}

TEST_CASE("vectors of rewards have vectors of returns, and dual discounts have derivatives") {
  CHECK(true_at_both_times([] {
    using bellman::coordinates;
    std::array const rewards{coordinates{rational(2), rational(1)}, coordinates{rational(4), rational(0)}};
    return discounted_return(rewards, rational(1, 2)) == coordinates{rational(4), rational(1)} &&
           discounted_returns(rewards, rational(1, 2))[1] == coordinates{rational(4), rational(0)};
  }));
  CHECK(true_at_both_times([] {
    std::array const rewards{std::array{2.0, 1.0}, std::array{4.0, 0.0}};
    return discounted_return(rewards, 0.5) == std::array{4.0, 1.0};
  }));
  CHECK(true_at_both_times([] {
    // G = 1 + g + g^2, G' = 1 + 2 g
    auto const g = bellman::dual<rational>::variable(rational(1, 3));
    auto const G = discounted_return(std::array{rational(1), rational(1), rational(1)}, g);
    return G.value == rational(13, 9) && G.derivative[0] == rational(5, 3);
  }));
}

TEST_CASE("a return is linear in the rewards") {
  CHECK(true_at_both_times([] {
    std::array const r{rational(2), rational(-1, 3), rational(5)};
    std::array const s{rational(1, 7), rational(4), rational(-2)};
    rational const g(2, 3);
    rational const c(3, 5);
    std::array const both{r[0] + c * s[0], r[1] + c * s[1], r[2] + c * s[2]};
    return discounted_return(both, g) == discounted_return(r, g) + c * discounted_return(s, g);
  }));
}

TEST_CASE("a discount outside of 0 to 1 is refused, and says so") {
  std::vector<double> const rewards{1.0};
  for (double g :
       {-0.1, 1.0000001, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(discounted_return(rewards, g), bellman::invalid_value);
    CHECK_THROWS_AS(discounted_returns(rewards, g), bellman::invalid_value);
  }
  CHECK_THROWS_AS(discounted_return(std::vector{rational(1)}, rational(11, 10)), bellman::invalid_value);
  try {
    discounted_return(rewards, 1.5);
    CHECK(false);
  } catch (bellman::invalid_value const& error) {
    CHECK(std::string(error.what()) == "bellman: the discount is 1.5; it must lie in [0, 1]");
  }
  CHECK_THROWS_AS(bellman::discount(2.0f), bellman::invalid_value);
}

TEST_CASE("an overflow of exact returns is an error") {
  rational const large(std::numeric_limits<long long>::max());
  CHECK_THROWS_AS(discounted_return(std::vector{large, large}, rational(1)), std::overflow_error);
  CHECK_THROWS_AS(discounted_return(std::vector{rational(1), rational(1, 3'000'000'000)}, rational(1, 4'000'000'000)),
                  std::overflow_error);
}
