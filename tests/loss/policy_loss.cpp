// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/policy_loss.hpp>

#include <bellman/error.hpp>
#include <bellman/loss/clip_fraction.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <vector>

#include "loss/tokens.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::clipped;
using bellman::clipped_weight;
using bellman::dual_clipped;
using bellman::log_likelihood;
using bellman::policy_loss;
using bellman::sampled_tokens;
using bellman::sequence_mean;
using bellman::sequence_ratio;
using bellman::sequence_ratio_by_token;
using bellman::soft_clipped;
using bellman::token_mean;
using bellman::token_ratio;
using bellman::unclipped;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using bellman::test::tokens;
using bellman::test::log_probs;
using bellman::test::old_log_probs;
using bellman::test::advantages;
using bellman::test::of_a_sequence;

// The derivative of a loss in the log-probability of token k, where the policy is still that which was sampled from.
template <class Ratio, class Surrogate>
constexpr double at_the_start(std::size_t k, std::array<double, 3> const& a, Ratio const& ratio,
                              Surrogate const& surrogate) {
  return policy_loss(tokens(k, old_log_probs, old_log_probs, a), ratio, surrogate, token_mean{}).value().derivative[0];
}
template <class Ratio, class Surrogate>
constexpr bool starts_with_the_policy_gradient(std::array<double, 3> const& a, Ratio const& ratio,
                                               Surrogate const& surrogate) {
  for (std::size_t k = 0; k < 3; ++k) {
    if (!approx_equal(at_the_start(k, a, ratio, surrogate), -a[k] / 3, 1e-14)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("every loss starts with the policy gradient") {
  CHECK(true_at_both_times([] { return starts_with_the_policy_gradient(advantages, token_ratio{}, unclipped{}); }));
  CHECK(true_at_both_times([] { return starts_with_the_policy_gradient(advantages, token_ratio{}, clipped(0.2)); }));
  CHECK(true_at_both_times(
      [] { return starts_with_the_policy_gradient(advantages, token_ratio{}, dual_clipped(clipped(0.2), 3.0)); }));
  CHECK(true_at_both_times(
      [] { return starts_with_the_policy_gradient(advantages, token_ratio{}, soft_clipped(1.0, 1.05)); }));
  CHECK(true_at_both_times(
      [] { return starts_with_the_policy_gradient(advantages, token_ratio{}, clipped_weight(0.2, 5.0)); }));
  CHECK(
      true_at_both_times([] { return starts_with_the_policy_gradient(advantages, token_ratio{}, log_likelihood{}); }));
  CHECK(true_at_both_times(
      [] { return starts_with_the_policy_gradient(advantages, sequence_ratio_by_token{}, clipped(0.2)); }));
  // A ratio of the sequence is that of its tokens only where they share one advantage.
  CHECK(true_at_both_times(
      [] { return starts_with_the_policy_gradient(of_a_sequence, sequence_ratio{}, clipped(0.2)); }));
  CHECK(true_at_both_times([] {
    return starts_with_the_policy_gradient(of_a_sequence, bellman::geometric_mean_ratio{0.4, 0.4}, unclipped{});
  }));
  CHECK(!starts_with_the_policy_gradient(advantages, sequence_ratio{}, clipped(0.2)));
}

TEST_CASE("a loss is the mean over its scope, and splits as one") {
  CHECK(true_at_both_times([] {
    auto const one = tokens(1, log_probs, old_log_probs, advantages);
    auto const two = tokens(3, old_log_probs, log_probs, of_a_sequence);
    auto const both = std::array{one[0], two[0]};
    auto const part = [](auto const& batch) {
      return policy_loss(batch, token_ratio{}, clipped(0.2), sequence_mean{});
    };
    auto const sum = part(one) + part(two);
    return part(both).total == sum.total && part(both).total.derivative == sum.total.derivative && sum.count == 2;
  }));
  std::vector<decltype(tokens(0, log_probs, old_log_probs, advantages))::value_type> const none;
  CHECK_THROWS_AS(policy_loss(none, token_ratio{}, unclipped{}, token_mean{}).value(), bellman::invalid_value);
}

TEST_CASE("an advantage of 0 hides a ratio that overflowed") {
  std::vector const batch{sampled_tokens{std::array{-0.1f, -0.1f}, std::array{-95.0f, -0.1f}, std::array{0.0f, 1.0f}}};
  CHECK(policy_loss(batch, token_ratio{}, clipped(0.2f), token_mean{}).value() == -0.5f);
}

TEST_CASE("a sampled token had a probability") {
  double const bad = GENERATE(-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN());
  auto const batch = [](double old) {
    return std::vector{sampled_tokens{std::array{-1.0, -0.5}, std::array{-1.0, old}, std::array{1.0, 1.0}}};
  };
  auto const loss = [](auto const& tokens, auto const& ratio) {
    return policy_loss(tokens, ratio, clipped(0.2), token_mean{}).value();
  };
  CHECK_THROWS_AS(loss(batch(bad), token_ratio{}), bellman::invalid_value);
  CHECK_THROWS_AS(loss(batch(bad), sequence_ratio{}), bellman::invalid_value);
  CHECK_THROWS_AS(loss(batch(bad), sequence_ratio_by_token{}), bellman::invalid_value);
  CHECK_THROWS_AS(loss(batch(bad), bellman::geometric_mean_ratio{0.4, 0.4}), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::clip_fraction(batch(bad), token_ratio{}, clipped(0.2)), bellman::invalid_value);
  CHECK(loss(batch(-0.5), token_ratio{}) == -1.0);
}

TEST_CASE("rows of a sequence that differ in length are refused") {
  std::vector const two_and_three{
      sampled_tokens{std::vector{1.0, 2.0}, std::vector{1.0, 2.0}, std::vector{1.0, 2.0, 3.0}}};
  CHECK_THROWS_AS(policy_loss(two_and_three, token_ratio{}, unclipped{}, token_mean{}), bellman::invalid_value);
}
