// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/kept_batch.hpp>
#include <bellman/conventions/arrays/kept_tokens.hpp>
#include <bellman/conventions/openrlhf/kl.hpp>
#include <bellman/conventions/openrlhf/losses.hpp>
#include <bellman/conventions/openrlhf/rewards.hpp>
#include <bellman/conventions/shared/every_row.hpp>
#include <bellman/conventions/shared/mean_with_epsilon.hpp>
#include <bellman/conventions/shared/share_of_batch.hpp>
#include <bellman/conventions/trl/losses.hpp>
#include <bellman/conventions/trl/rewards.hpp>
#include <bellman/conventions/verl/dppo.hpp>
#include <bellman/conventions/verl/kl.hpp>
#include <bellman/conventions/verl/kl_cov.hpp>
#include <bellman/conventions/verl/losses.hpp>
#include <bellman/conventions/verl/rewards.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <limits>
#include <list>
#include <ranges>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace openrlhf = bellman::conventions::openrlhf;
namespace trl = bellman::conventions::trl;
namespace verl = bellman::conventions::verl;

using bellman::batch_mean;
using bellman::clipped;
using bellman::dual_clipped;
using bellman::rational;
using bellman::token_mean;
using bellman::token_sum;
using bellman::conventions::every_row;
using bellman::conventions::kept_batch;
using bellman::conventions::kept_tokens;
using bellman::conventions::mean_with_epsilon;
using bellman::conventions::share_of_batch;
using bellman::test::approx_equal;
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

TEST_CASE("rows without a token count where a code counts rows") {
  CHECK(true_at_both_times([] {
    std::vector<std::vector<rational>> const batch{{rational(2), rational(4)}, {}};
    return bellman::mean_over(batch, bellman::sequence_mean{}).value() == 3 &&
           bellman::mean_over(batch, every_row{bellman::sequence_mean{}}).value() == rational(3, 2) &&
           bellman::mean_over(batch, every_row{bellman::fixed_length{3}}).value() == 1;
  }));
}

TEST_CASE("the shares of devices have the mean of the batch as their mean") {
  CHECK(true_at_both_times([] {
    auto const one = token_sum(std::array{rational(1), rational(5)});
    auto const two = token_sum(std::array{rational(3)});
    rational const shares = share_of_batch(one, 3, 2) + share_of_batch(two, 3, 2);
    return shares / 2 == (one + two).value() && share_of_batch(one) == one.value();
  }));
  double const of_nothing = share_of_batch(batch_mean<token_mean, double>{});
  CHECK(of_nothing != of_nothing);
  CHECK(mean_with_epsilon(batch_mean<token_mean, double>{}) == 0.0);
}

TEST_CASE("clamped estimates agree with the plain ones within their bounds, and are flat outside") {
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<double>;
    auto const near = verl::clamped_k3(dual::variable(-1.0), -1.5);
    auto const far = verl::clamped_k3(dual::variable(-1.0), -30.0);
    return approx_equal(near.value, bellman::k3(-1.0, -1.5), 1e-15) && near.derivative[0] > 0.0 && far.value == 10.0 &&
           far.derivative[0] == 0.0 && verl::absolute_k1(-2.0, -1.0) == 1.0 && verl::absolute_k1(-1.0, -2.0) == 1.0;
  }));
  CHECK(true_at_both_times([] {
    openrlhf::clamped_kl const k{bellman::k1};
    return k(-1.0f, -1.5f) == 0.5f && k(-1.0f, -30.0f) == 10.0f && k(-30.0f, -1.0f) == -10.0f;
  }));
}

TEST_CASE("clipping on both sides is a dual clip, where delta is above the range") {
  CHECK(true_at_both_times([] {
    clipped const clip{rational(1, 5), rational(1, 4)};
    trl::two_sided_clipped const two_sided{clip, rational(3)};
    dual_clipped const twice{clip, rational(3)};
    for (int r = 0; r <= 50; ++r) {
      for (int a = -2; a <= 2; ++a) {
        if (!(two_sided(rational(r, 10), rational(a)) == twice(rational(r, 10), rational(a)))) return false;
      }
    }
    return true;
  }));
}

TEST_CASE("a capped weight is the clipped weight without a least ratio") {
  CHECK(true_at_both_times([] {
    trl::capped_weight<rational> const capped{rational(2)};
    bellman::clipped_weight const weight{rational(1), rational(1)};
    for (int r = 0; r <= 50; ++r) {
      if (!(capped(rational(r, 10), rational(3), rational(-1)) == weight(rational(r, 10), rational(3), rational(-1)))) {
        return false;
      }
    }
    return true;
  }));
}

TEST_CASE("a token whose probability has moved too far the way of its advantage has no loss") {
  CHECK(true_at_both_times([] {
    // From 1/2 to 3/4: by 1/4, and by a KL of 1/2 log(4/3) = 0.1438.
    double const old = -bellman::log(2.0);
    double const now = old + bellman::log(1.5);
    auto const r = verl::clamped_ratio_and_old{}(0)(now, old);
    verl::within_total_variation<double> const wide{0.1, 0.3, 20.0};
    verl::within_total_variation<double> const narrow{0.1, 0.2, 20.0};
    verl::within_binary_kl<double> const near{0.1, 0.143, 20.0};
    verl::within_binary_kl<double> const far{0.1, 0.144, 20.0};
    return approx_equal(wide(r, 2.0, now), 3.0 * now, 1e-15) && narrow(r, 2.0, now) == 0.0 &&
           narrow.trusts(r, -2.0, now) && approx_equal(far(r, 2.0, now), 3.0 * now, 1e-15) &&
           near(r, 2.0, now) == 0.0 && near.trusts(r, -2.0, now) &&
           approx_equal(verl::within_total_variation<double>{0.1, 0.3, 1.0}(r, 2.0, now), 2.0 * now, 1e-15);
  }));
}

TEST_CASE("the tokens that vary with their advantage the most pay for having moved") {
  CHECK(true_at_both_times([] {
    // The means are 0 and -1, the covariances 2, 0, 0 and 2; the last token alone has moved, to twice its probability.
    std::vector<std::vector<double>> const now{{-3.0, -1.0}, {-1.0, 1.0}};
    std::vector<std::vector<double>> const old{{-3.0, -1.0}, {-1.0, 1.0 - bellman::log(2.0)}};
    std::vector<std::vector<double>> const advantages{{-1.0, 0.0}, {0.0, 1.0}};
    std::vector<std::vector<int>> const masks{{1, 1}, {1, 1}};
    auto const batch = kept_batch(now, old, advantages, masks);
    double const plain = (1.0 - 2.0) / 4;
    double const two = verl::kl_cov(batch, 0.5, 0.1, token_mean{}).value();
    double const one = verl::kl_cov(batch, 0.01, 0.1, token_mean{}).value();
    return approx_equal(two, plain + 0.1 * bellman::log(2.0) / 4, 1e-14) && approx_equal(one, plain, 1e-14);
  }));
}

TEST_CASE("where a scalar reward is paid") {
  CHECK(true_at_both_times([] {
    std::array const kl{rational(1), rational(2), rational(3)};
    rational const beta(1, 10);
    return openrlhf::compute_reward(rational(5), beta, kl, std::array{1, 1, 0}) ==
               std::array{rational(-1, 10), rational(24, 5), rational(-3, 10)} &&
           openrlhf::compute_reward(rational(5), beta, kl, std::array{0, 0, 0})[2] == rational(47, 10) &&
           openrlhf::compute_reward(rational(5), -beta, kl, std::array{1, 0, 0}) ==
               std::array{rational(5), rational(0), rational(0)};
  }));
  CHECK(true_at_both_times([] {
    return trl::outcome_rewards(2, 4, 1.0) == std::vector{0.0, 0.0, 1.0, 0.0} &&
           trl::outcome_rewards(2, 2, 1.0) == std::vector{0.0, 1.0};
  }));
  CHECK_THROWS_AS(trl::outcome_rewards(0, 2, 1.0), bellman::invalid_value);
  CHECK_THROWS_AS(trl::outcome_rewards(3, 2, 1.0), bellman::invalid_value);
  CHECK_THROWS_AS(openrlhf::compute_reward(1.0, 0.1, std::vector{0.0}, std::vector{1, 1}), bellman::invalid_value);
  CHECK_THROWS_AS(openrlhf::compute_reward(1.0, 0.1, std::vector<double>{}, std::vector<int>{}),
                  bellman::invalid_value);
}

TEST_CASE("a penalty for the KL is taken where the mask says so") {
  CHECK(true_at_both_times([] {
    std::array const scores{rational(1), rational(2)};
    std::array const log_probs{rational(-1), rational(-1)};
    std::array const reference{rational(-2), rational(-2)};
    return verl::apply_kl_penalty(scores, log_probs, reference, std::array{1, 0}, rational(1, 2), bellman::k1) ==
           std::array{rational(1, 2), rational(2)};
  }));
  std::vector const one{0.0};
  std::vector const two{0.0, 0.0};
  CHECK(verl::apply_kl_penalty(std::array{0, 1}, std::array{-1.0, -2.0}, std::array{-1.5, -2.0}, std::array{1, 1}, 0.5,
                               bellman::k1) == std::array{-0.25, 1.0});
  CHECK_THROWS_AS(verl::apply_kl_penalty(one, two, two, two, 0.1, bellman::k1), bellman::invalid_value);
  CHECK_THROWS_AS(verl::apply_kl_penalty(two, two, two, one, 0.1, bellman::k1), bellman::invalid_value);
}
