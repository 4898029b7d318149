// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/token_rewards.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/value/return.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::kl_shaped_rewards;
using bellman::outcome_rewards;
using bellman::process_rewards;
using bellman::rational;
using bellman::soft_overlong_penalty;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the reward of an answer is paid for its last token") {
  CHECK(true_at_both_times([] {
    return outcome_rewards(3, rational(1, 2)) == std::vector<rational>{0, 0, rational(1, 2)};
  }));
  CHECK(true_at_both_times([] { return outcome_rewards(1, 2.0) == std::vector{2.0}; }));
  CHECK(true_at_both_times([] {
    std::array<double, 4> row{9, 9, 9, 9};
    auto const end = outcome_rewards(2, 1.0, row.begin() + 1);
    return end == row.begin() + 3 && row == std::array<double, 4>{9, 0, 1, 9};
  }));
  CHECK_THROWS_AS(outcome_rewards(0, 1.0), bellman::invalid_value);
}

TEST_CASE("the rewards of steps are paid for their last tokens") {
  CHECK(true_at_both_times([] {
    return process_rewards(std::array{2, 1, 3}, std::array{0.5, -1.0, 2.0}) ==
           std::vector{0.0, 0.5, -1.0, 0.0, 0.0, 2.0};
  }));
  CHECK(true_at_both_times([] {
    return process_rewards(std::array<std::size_t, 1>{3}, std::array{rational(1)}) == outcome_rewards(3, rational(1)) &&
           process_rewards(std::vector<int>{}, std::vector<double>{}).empty();
  }));
  CHECK(true_at_both_times([] {
    std::array<double, 3> row{9, 9, 9};
    return process_rewards(std::vector{2}, std::vector{1.0}, row.begin()) == row.begin() + 2 &&
           row == std::array<double, 3>{0, 1, 9};
  }));
}

TEST_CASE("steps without a token or a reward are refused") {
  CHECK_THROWS_AS(process_rewards(std::vector{2, 0}, std::vector{1.0, 1.0}), bellman::invalid_value);
  CHECK_THROWS_AS(process_rewards(std::vector{5, -1}, std::vector{1.0, 1.0}), bellman::invalid_value);
  CHECK_THROWS_AS(process_rewards(std::vector{-1}, std::vector{1.0}), bellman::invalid_value);
  CHECK_THROWS_AS(process_rewards(std::vector{2, 1}, std::vector{1.0}), bellman::invalid_value);
  CHECK_THROWS_AS(process_rewards(std::vector{2}, std::vector{1.0, 1.0}), bellman::invalid_value);
}

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

TEST_CASE("an overlong answer is punished on a line, then in full") {
  // DAPO's own numbers: 16,384 tokens and a cache of 4,096.
  CHECK(true_at_both_times([] {
    soft_overlong_penalty<rational> const penalty(20480, 4096);
    return penalty(0) == 0 && penalty(16384) == 0 && penalty(16385) == rational(-1, 4096) &&
           penalty(18432) == rational(-1, 2) && penalty(20480) == -1 && penalty(20481) == -1 && penalty(1000000) == -1;
  }));
  CHECK(true_at_both_times([] {
    // A cache of the whole length punishes every token.
    // Lengths beyond those of an int: half of the cache of 2^33 tokens.
    return soft_overlong_penalty{std::size_t{1} << 34, std::size_t{1} << 33}((std::size_t{3} << 32)) == -0.5 &&
           soft_overlong_penalty{4, 4}(1) == -0.25 && soft_overlong_penalty{4, 4}(0) == 0.0;
  }));
  CHECK_THROWS_AS((soft_overlong_penalty{4, 5}), bellman::invalid_value);
  CHECK_THROWS_AS((soft_overlong_penalty{4, 0}), bellman::invalid_value);
}
