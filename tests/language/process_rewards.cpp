// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/process_rewards.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::outcome_rewards;
using bellman::process_rewards;
using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

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
