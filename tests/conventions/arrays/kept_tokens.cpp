// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/kept_tokens.hpp>

#include <bellman/conventions/arrays/kept_batch.hpp>
#include <bellman/error.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/token_sum.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <limits>
#include <list>
#include <ranges>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::batch_mean;
using bellman::token_mean;
using bellman::token_sum;
using bellman::conventions::kept_batch;
using bellman::conventions::kept_tokens;
using bellman::test::true_at_both_times;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a mask keeps the tokens whose flag is not zero, and nothing else is read") {
  CHECK(true_at_both_times([] {
    std::array const row{1.0, not_a_number, 3.0, not_a_number};
    std::array const mask{1, 0, 1, 0};
    auto const kept = kept_tokens(row, mask);
    return std::ranges::equal(kept, std::array{1.0, 3.0}) && token_sum(kept).total == 4.0;
  }));
  std::list<double> const row{not_a_number, 2.0};
  std::vector<bool> const flags{false, true};
  CHECK(token_sum(kept_tokens(row, flags)) == batch_mean<token_mean, double>{2.0, 1});
  std::array const none{0.0, 0.0};
  CHECK(token_sum(kept_tokens(row, none)).count == 0);
  STATIC_REQUIRE(std::ranges::forward_range<decltype(kept_tokens(row, flags)) const>);
  std::array const short_one{1};
  CHECK_THROWS_AS(kept_tokens(row, short_one), bellman::invalid_value);
  STATIC_REQUIRE(!std::invocable<decltype(kept_tokens) const&, std::list<double> const&, std::vector<int>>);
}

TEST_CASE("a padded batch is a range of sequences of their own length") {
  CHECK(true_at_both_times([] {
    std::array const now{std::array{0.0, not_a_number, 0.0}, std::array{not_a_number, not_a_number, not_a_number}};
    std::array const advantages{std::array{1.0, not_a_number, 3.0},
                                std::array{not_a_number, not_a_number, not_a_number}};
    std::array const masks{std::array{1, 0, 1}, std::array{0, 0, 0}};
    auto const batch = kept_batch(now, now, advantages, masks);
    return bellman::policy_loss(batch, bellman::token_ratio{}, bellman::unclipped{}, token_mean{}).value() == -2.0 &&
           bellman::policy_loss(batch, bellman::token_ratio{}, bellman::unclipped{}, bellman::sequence_mean{}).count ==
               1;
  }));
  std::vector<std::vector<double>> const one{{0.0}};
  std::vector<std::vector<double>> const two{{0.0}, {0.0}};
  CHECK_THROWS_AS(kept_batch(one, two, one, one), bellman::invalid_value);
}
