// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/log_softmax.hpp>

#include <bellman/error.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <limits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::log_softmax;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

constexpr double inf = std::numeric_limits<double>::infinity();

// Logits of probabilities 1/2, 1/3 and 1/6, shifted by some number.
constexpr std::array<double, 3> logits(double shift) {
  return {bellman::log(3.0) + shift, bellman::log(2.0) + shift, shift};
}

}  // namespace

TEST_CASE("the log-probability of a logit, whatever is added to all of them") {
  CHECK(true_at_both_times([] {
    return approx_equal(log_softmax(logits(0), 0), -bellman::log(2.0), 1e-15) &&
           approx_equal(log_softmax(logits(1000), 2), -bellman::log(6.0), 1e-12) &&
           approx_equal(log_softmax(logits(-1000), 1), -bellman::log(3.0), 1e-12);
  }));
  CHECK(true_at_both_times([] {
    std::array const far{0.0, -2000.0, -inf};
    return log_softmax(std::array{-1000.0, 1000.0}, 0) == -2000.0 && log_softmax(far, 1) == -2000.0 &&
           log_softmax(far, 2) == -inf && log_softmax(far, 0) == 0.0;
  }));
  CHECK_THROWS_AS(log_softmax(std::array{1.0}, 1), bellman::invalid_value);
}

TEST_CASE("logits that are no numbers, and none at all, have no logarithm of a sum") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> const none;
  for (auto const& bad : {std::vector{0.0, nan}, std::vector{inf, 0.0}, std::vector{-inf, -inf}, none}) {
    CHECK_THROWS_AS(bellman::log_sum_exp(bad), bellman::invalid_value);
  }
}
