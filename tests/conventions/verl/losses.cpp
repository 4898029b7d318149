// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/losses.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/mean_over.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cstddef>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;

using bellman::clipped;
using bellman::rational;
using bellman::sampled_tokens;
using bellman::token_mean;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

// Two sequences, of two tokens and of one; the log-ratios 0, log 2 and -log 4.
constexpr double log_of_two = bellman::log(2.0);
constexpr std::array of_two_tokens{
    sampled_tokens{std::array{-1.0, -1.0}, std::array{-1.0, -1.0 - log_of_two}, std::array{1.0, 1.0}}};
constexpr std::array of_one_token{
    sampled_tokens{std::array{-1.0}, std::array{-1.0 + 2 * log_of_two}, std::array{-1.0}}};

// The loss over both.
template <class Loss>
constexpr double mean_of(Loss const& loss) {
  return (loss(of_two_tokens) + loss(of_one_token)).value();
}

}  // namespace

TEST_CASE("verl's losses per token are means over all tokens") {
  CHECK(true_at_both_times([] {
    // clipped to [1/2, 3/2]: 1, 3/2 and, of a negative advantage, -max(1/4, 1/2)
    double const vanilla = mean_of([](auto const& batch) {
      return verl::vanilla(batch, bellman::dual_clipped{clipped{0.5}, 3.0}, token_mean{});
    });
    // The weights 1, 3/2 and 1/2; the log-likelihood is -1 each.
    double const cispo = mean_of([](auto const& batch) {
      return verl::cispo(batch, bellman::clipped_weight{0.5, 0.5}, token_mean{});
    });
    double const gpg = mean_of([](auto const& batch) { return verl::gpg(batch, token_mean{}); });
    return approx_equal(vanilla, -(1.0 + 1.5 - 0.5) / 3, 1e-14) && approx_equal(cispo, (1.0 + 1.5 - 0.5) / 3, 1e-14) &&
           approx_equal(gpg, 1.0 / 3, 1e-14);
  }));
}

TEST_CASE("verl's losses per sequence are means over sequences, of nearly as many tokens as there are") {
  CHECK(true_at_both_times([] {
    // The geometric means are sqrt(2) and 1/4, which is clipped to 1/2.
    double const gspo = mean_of([](auto const& batch) { return verl::gspo(batch, clipped{0.5}); });
    double const root = bellman::exp(log_of_two / 2);
    // The log-ratios clipped first: 0, log 2 and -log 2.
    double const geo_mean = mean_of([](auto const& batch) {
      return verl::geo_mean(batch, verl::geometric_mean_ratio{log_of_two, log_of_two});
    });
    // 4 sigmoid(r - 1): its values at 1, 2 and 1/4.
    double const sapo = mean_of([](auto const& batch) { return verl::sapo(batch, bellman::soft_clipped{1.0, 1.0}); });
    auto const gate = [](double r) { return 4 / (1 + bellman::exp(1 - r)); };
    return approx_equal(gspo, -(root - 0.5) / 2, 1e-7) && approx_equal(geo_mean, -(root - 0.5) / 2, 1e-7) &&
           approx_equal(sapo, -((gate(1) + gate(2)) / 2 - gate(0.25)) / 2, 1e-7);
  }));
}

TEST_CASE("verl's seq-mean-token-sum-norm is a sum over sequences, by one length") {
  CHECK(true_at_both_times([] {
    // Rows of a padded width of 4: 2, 4, 6 and 8, and 5.
    bellman::batch_mean<bellman::sequence_sum, rational> batch{};
    batch += bellman::sequence_sum{}(bellman::token_sum(std::array<rational, 4>{2, 4, 6, 8}));
    batch += bellman::sequence_sum{}(bellman::token_sum(std::array<rational, 1>{5}));
    // (20 + 5) / 4, and by a loss_scale_factor of 10; the mean over the two sequences is half of that.
    auto const mean = bellman::mean_over(std::array{std::array<rational, 2>{8, 12}, std::array<rational, 2>{5, 0}},
                                         bellman::fixed_length{4});
    return verl::seq_mean_token_sum_norm(batch, 4) == rational(25, 4) &&
           verl::seq_mean_token_sum_norm(batch, 10) == rational(5, 2) && mean.value() == rational(25, 8);
  }));
  CHECK(true_at_both_times([] {
    // A batch without a token is 0, and a batch in two parts the sum of both.
    auto const none = verl::seq_mean_token_sum_norm(bellman::batch_mean<bellman::sequence_sum, double>{}, 4.0);
    auto const of = [](double total) {
      return verl::seq_mean_token_sum_norm(bellman::batch_mean<bellman::sequence_sum, double>{total, 3}, 4.0);
    };
    return none == 0 && of(2.0) + of(6.0) == of(8.0);
  }));
}

TEST_CASE("a ratio of a sequence is at most exp(10)") {
  CHECK(true_at_both_times([] {
    sampled_tokens const far{std::array{0.0}, std::array{-11.0}, std::array{1.0}};
    return verl::capped_sequence_ratio_by_token{}(far)(0.0, -11.0) == bellman::exp(10.0) &&
           verl::capped_sequence_ratio_by_token{}(of_one_token[0])(-1.0, -1.0 + 2 * log_of_two) < 0.2500001;
  }));
}
