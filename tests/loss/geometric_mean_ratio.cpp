// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/geometric_mean_ratio.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/scalar/exponential.hpp>

#include <limits>

#include "loss/tokens.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::policy_loss;
using bellman::rational;
using bellman::token_mean;
using bellman::unclipped;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using bellman::test::tokens;
using bellman::test::log_probs;
using bellman::test::old_log_probs;
using bellman::test::advantages;

}  // namespace

TEST_CASE("a geometric mean clips each ratio on the side of its advantage") {
  CHECK(true_at_both_times([] {
    bellman::geometric_mean_ratio const ratio{rational(2, 5), rational(1, 5)};
    return ratio.clipped(rational(1), rational(3)) == rational(1, 5) &&
           ratio.clipped(rational(-1), rational(3)) == -1 && ratio.clipped(rational(1), rational(-3)) == 1 &&
           ratio.clipped(rational(-1), rational(-3)) == rational(-2, 5) &&
           ratio.clipped(rational(-3, 10), rational(-3)) == rational(-3, 10) &&
           ratio.clipped(rational(1), rational(0)) == 0;
  }));
  CHECK(true_at_both_times([] {
    // Log-ratios -0.1, 0.25, -0.0625; the second is of a negative advantage, so that only low ones would be clipped.
    auto const batch = tokens(0, log_probs, old_log_probs, advantages);
    double const s = bellman::exp((-0.1 + 0.25 - 0.0625) / 3);
    auto const loss =
        policy_loss(batch, bellman::geometric_mean_ratio{0.01, 0.01}, unclipped{}, token_mean{}).value();
    return approx_equal(loss.value, s * 0.5 / 3, 1e-14) && approx_equal(loss.derivative[0], s * 0.5 / 9, 1e-13);
  }));
}

TEST_CASE("a range of log-ratios that is negative is refused") {
  CHECK_THROWS_AS(bellman::geometric_mean_ratio(-0.1, 0.1), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::geometric_mean_ratio(0.1, std::numeric_limits<double>::quiet_NaN()), bellman::invalid_value);
}

TEST_CASE("an integer for a log-ratio is bounded by the range, not by what is left of it") {
  CHECK(true_at_both_times([] {
    return bellman::geometric_mean_ratio{0.5, 0.25}.clipped(1, 1.0) == 0.25 &&
           bellman::geometric_mean_ratio{0.5, 0.25}.clipped(-1, -1.0) == -0.5;
  }));
}
