// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/ratio.hpp>

#include <bellman/error.hpp>
#include <bellman/loss/geometric_mean_ratio.hpp>
#include <bellman/loss/sequence_ratio.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <limits>

#include "loss/tokens.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::ratio;
using bellman::token_ratio;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using bellman::test::tokens;
using bellman::test::log_probs;
using bellman::test::old_log_probs;
using bellman::test::advantages;

}  // namespace

TEST_CASE("the ratio of a token is that of its probabilities, and has its derivative") {
  CHECK(true_at_both_times([] {
    auto const ratio_of = token_ratio{}(tokens(0, log_probs, old_log_probs, advantages)[0]);
    auto const r = ratio_of(bellman::dual<double>::variable(-1.0), -1.0 - bellman::log(3.0));
    return ratio_of(-2.0, -2.0) == 1.0 && approx_equal(r.value, 3.0, 1e-15) &&
           approx_equal(r.derivative[0], 3.0, 1e-15);
  }));
}

TEST_CASE("a ratio that is common is that of every token") {
  STATIC_REQUIRE(bellman::common_ratio{1.5}(-1.0, -2.0) == 1.5);
}

TEST_CASE("a ratio takes a sequence's tokens and gives a function of a token's log-probabilities") {
  STATIC_REQUIRE(ratio<token_ratio> && ratio<bellman::sequence_ratio> && ratio<bellman::sequence_ratio_by_token> &&
                 ratio<bellman::geometric_mean_ratio<double>>);
  STATIC_REQUIRE(ratio<token_ratio, std::remove_cvref_t<decltype(tokens(0, log_probs, old_log_probs, advantages)[0])>>);
  STATIC_REQUIRE(!ratio<double> && !ratio<bellman::common_ratio<double>>);
}

TEST_CASE("an old log-probability that is not finite is refused") {
  auto const ratio_of = token_ratio{}(tokens(0, log_probs, old_log_probs, advantages)[0]);
  CHECK_THROWS_AS(ratio_of(-1.0, -std::numeric_limits<double>::infinity()), bellman::invalid_value);
}
