// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/sequence_ratio.hpp>

#include <bellman/loss/clipped.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cstddef>

#include "loss/tokens.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::clipped;
using bellman::policy_loss;
using bellman::sequence_mean;
using bellman::sequence_ratio;
using bellman::sequence_ratio_by_token;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using bellman::test::tokens;
using bellman::test::log_probs;
using bellman::test::old_log_probs;
using bellman::test::advantages;
using bellman::test::of_a_sequence;

using dual = bellman::dual<double>;

}  // namespace

TEST_CASE("the ratio of a sequence is the geometric mean of those of its tokens") {
  CHECK(true_at_both_times([] {
    auto const batch = tokens(3, log_probs, old_log_probs, advantages);
    double const product = bellman::exp(-0.1) * bellman::exp(0.25) * bellman::exp(-0.0625);
    double const s = sequence_ratio{}(batch[0])(dual(), 0.0).value;
    return approx_equal(s * s * s, product, 1e-14);
  }));
}

TEST_CASE("the gradient by token moves the sequence as the ratio of the sequence does, when the advantage is one") {
  // With the advantage in common, both give each token s A / n.
  CHECK(true_at_both_times([] {
    for (std::size_t k = 0; k < 3; ++k) {
      auto const batch = tokens(k, log_probs, old_log_probs, of_a_sequence);
      auto const whole = policy_loss(batch, sequence_ratio{}, clipped(0.2), sequence_mean{}).value();
      auto const by_token = policy_loss(batch, sequence_ratio_by_token{}, clipped(0.2), sequence_mean{}).value();
      double const s = bellman::exp((-0.1 + 0.25 - 0.0625) / 3);
      if (!approx_equal(whole.value, -1.5 * s, 1e-14) || !approx_equal(by_token.value, -1.5 * s, 1e-14) ||
          !approx_equal(whole.derivative[0], -1.5 * s / 3, 1e-14) ||
          !approx_equal(by_token.derivative[0], -1.5 * s / 3, 1e-14)) {
        return false;
      }
    }
    return true;
  }));
}
