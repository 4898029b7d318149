// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/sampled_tokens.hpp>

#include <bellman/conventions/verl/kl_cov.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/clip_fraction.hpp>
#include <bellman/loss/policy_loss.hpp>

#include <array>
#include <concepts>
#include <iterator>
#include <ranges>
#include <span>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

TEST_CASE("tokens keep their rows, and views as views") {
  STATIC_REQUIRE(bellman::sampled_tokens{std::array{-1.0}, std::array{-2.0}, std::array{0.5f}}.advantages[0] == 0.5f);
  std::vector<double> log_probs{-1.0, -2.0};
  bellman::sampled_tokens const tokens{std::span(log_probs), log_probs, log_probs};
  STATIC_REQUIRE(std::same_as<decltype(tokens.log_probs), std::span<double>>);
  log_probs[1] = -3.0;
  CHECK(tokens.log_probs[1] == -3.0);
  CHECK(tokens.old_log_probs[1] == -2.0);
}

TEST_CASE("an answer has one advantage for all of its tokens") {
  using bellman::test::true_at_both_times;
  STATIC_REQUIRE(std::forward_iterator<bellman::one_advantage<double>::iterator>);
  STATIC_REQUIRE(std::ranges::forward_range<bellman::one_advantage<bellman::rational>>);
  STATIC_REQUIRE(sizeof(bellman::sampled_tokens{std::span<double>(), std::span<double>(), 0.5}) ==
                 2 * sizeof(std::span<double>) + sizeof(double));
  CHECK(true_at_both_times([] {
    std::array const log_probs{-1.1, -0.25, -2.0}, old{-1.0, -0.5, -2.25};
    std::array const one{bellman::sampled_tokens{log_probs, old, 1.5}};
    std::array const each{bellman::sampled_tokens{log_probs, old, std::array{1.5, 1.5, 1.5}}};
    auto const same = [&](auto const& ratio, auto const& surrogate) {
      std::array<std::array<double, 3>, 1> written{}, expected{};
      auto const a = bellman::policy_loss(one, ratio, surrogate, bellman::sequence_mean{}, written);
      auto const b = bellman::policy_loss(each, ratio, surrogate, bellman::sequence_mean{}, expected);
      return a == b && written == expected &&
             a == bellman::policy_loss(one, ratio, surrogate, bellman::sequence_mean{});
    };
    return same(bellman::token_ratio{}, bellman::clipped{0.2}) &&
           same(bellman::sequence_ratio{}, bellman::clipped{0.01}) &&
           same(bellman::geometric_mean_ratio{0.1, 0.1}, bellman::unclipped{}) &&
           same(bellman::sequence_ratio_by_token{}, bellman::clipped_weight{0.2, 0.2}) &&
           bellman::clip_fraction(one, bellman::token_ratio{}, bellman::clipped{0.2}).value() == 2.0 / 3;
  }));
  std::vector const one{bellman::sampled_tokens{std::vector{-1.0, -2.0}, std::vector{-1.5, -2.0}, 1.5}};
  std::vector const each{
      bellman::sampled_tokens{std::vector{-1.0, -2.0}, std::vector{-1.5, -2.0}, std::vector{1.5, 1.5}}};
  auto const kl_cov = [](auto const& batch) {
    return bellman::conventions::verl::kl_cov(batch, 0.5, 1.0, bellman::token_mean{}).value();
  };
  CHECK(kl_cov(one) == kl_cov(each));
  std::vector const wrong{bellman::sampled_tokens{std::vector{-1.0, -2.0}, std::vector{-1.5}, 1.5}};
  CHECK_THROWS_AS(bellman::policy_loss(wrong, bellman::token_ratio{}, bellman::clipped{0.2}, bellman::token_mean{}),
                  bellman::invalid_value);
}
