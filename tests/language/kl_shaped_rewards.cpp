// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/kl_shaped_rewards.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/value/return.hpp>

#include <array>
#include <concepts>
#include <limits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::kl_shaped_rewards;
using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("shaped rewards pay for staying near the reference") {
  CHECK(true_at_both_times([] {
    std::array const rewards{rational(0), rational(1)};
    std::array const log_probs{rational(-1), rational(-2)};
    std::array const reference{rational(-2), rational(-3, 2)};
    rational const beta(1, 10);
    std::array const shaped = kl_shaped_rewards(rewards, log_probs, reference, beta);
    // Undiscounted, they sum to the rewards less beta times the log-ratio of the answer.
    return shaped == std::array{rational(-1, 10), rational(21, 20)} &&
           bellman::discounted_return(shaped, rational(1)) == rational(1) - beta * (rational(-3) - rational(-7, 2)) &&
           kl_shaped_rewards(rewards, log_probs, reference, beta, bellman::k2) ==
               std::array{rational(-1, 20), rational(79, 80)};
  }));
}

TEST_CASE("shaped rewards may be written over the rewards, and keep their type") {
  CHECK(true_at_both_times([] {
    std::array rewards{0.0, 1.0};
    std::array const log_probs{-1.0, -2.0};
    std::array const reference{-2.0, -1.5};
    auto const end = kl_shaped_rewards(rewards, log_probs, reference, 0.5, bellman::k1, rewards.begin());
    bool const over_rewards = end == rewards.end() && rewards == std::array{-0.5, 1.25};
    // Without an estimate it is k1.
    std::array<double, 3> out{9, 9, 9};
    auto const last = kl_shaped_rewards(std::array{0.0, 1.0}, log_probs, reference, 0.5, out.begin());
    return over_rewards && last == out.begin() + 2 && out == std::array{-0.5, 1.25, 9.0};
  }));
  STATIC_REQUIRE(std::same_as<decltype(kl_shaped_rewards(std::vector{0.f}, std::vector{0.f}, std::vector{0.f}, 0.1f)),
                              std::vector<float>>);
}

TEST_CASE("rewards and log-probabilities of different lengths are refused") {
  std::vector const one{0.0};
  std::vector const two{0.0, 0.0};
  CHECK_THROWS_AS(kl_shaped_rewards(two, one, two, 0.1), bellman::invalid_value);
  CHECK_THROWS_AS(kl_shaped_rewards(two, two, one, 0.1), bellman::invalid_value);
  CHECK_THROWS_AS(kl_shaped_rewards(one, two, two, 0.1), bellman::invalid_value);
  CHECK_THROWS_AS(kl_shaped_rewards(one, two, one, 0.1), bellman::invalid_value);
}

TEST_CASE("a penalty that would pay for leaving the reference is refused") {
  std::vector const one{1.0};
  for (double const beta : {-0.1, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    CHECK_THROWS_AS(kl_shaped_rewards(one, one, one, beta), bellman::invalid_value);
  }
  CHECK(kl_shaped_rewards(one, one, one, 0.0) == one);
}
