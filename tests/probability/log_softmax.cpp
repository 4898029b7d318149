// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/log_softmax.hpp>

#include <bellman/probability/softmax.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"
#include "support/message_of.hpp"
#include "support/sixteen_bits.hpp"

namespace {

using bellman::log_softmax;
using bellman::log_sum_exp;
using bellman::test::approx_equal;
using bellman::test::infinity;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the logarithm of a sum of exponentials has its known values") {
  CHECK(true_at_both_times([] {
    // log(1 + e + e^2), and log 4 beside a logit that adds nothing
    return approx_equal(log_sum_exp(std::array{0.0, 1.0, 2.0}), 2.4076059644443804, 1e-15) &&
           approx_equal(log_sum_exp(std::array{0.0, 0.0, 0.0, 0.0, -infinity}), 1.3862943611198906, 1e-15) &&
           log_sum_exp(std::array{-2.5}) == -2.5;
  }));
}

TEST_CASE("logits of any size neither overflow nor vanish") {
  CHECK(true_at_both_times([] {
    return approx_equal(log_sum_exp(std::array{1e4, 1e4}), 1e4 + 0.6931471805599453, 1e-15) &&
           approx_equal(log_softmax(std::array{-1e4, 1e4}, 0), -2e4, 1e-15) &&
           log_softmax(std::array{-1e4, 1e4}, 1) == 0.0;
  }));
}

TEST_CASE("the logarithm of a softmax is that of its probability") {
  CHECK(true_at_both_times([] {
    // log of 1 / (1 + e + e^2)
    return approx_equal(log_softmax(std::array{0.0, 1.0, 2.0}, 0), -2.4076059644443804, 1e-15) &&
           approx_equal(bellman::log(bellman::softmax(std::array{0.0, 1.0, 2.0}).begin()->probability),
                        log_softmax(std::array{0.0, 1.0, 2.0}, 0), 1e-15);
  }));
}

TEST_CASE("of dual logits the derivatives are those of the softmax") {
  // d log p_0 / dz_0 = 1 - p_0, d log p_0 / dz_1 = -p_1
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<double, 2>;
    auto const x = log_softmax(std::array{dual::variable(0.5, 0), dual::variable(-1.0, 1)}, 0);
    double const p = 0.8175744761936437;
    return approx_equal(x.derivative[0], 1 - p, 1e-14) && approx_equal(x.derivative[1], p - 1, 1e-14);
  }));
}

TEST_CASE("logits that are no numbers below infinity, none at all and an index beyond them are refused") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(message_of([&] { log_sum_exp(std::array{0.0, nan}); }) ==
        "bellman: logit 1 is nan; it must be a number or -infinity");
  CHECK(message_of([] { log_sum_exp(std::array{infinity, 0.0}); }) ==
        "bellman: logit 0 is inf; it must be a number or -infinity");
  CHECK(message_of([] { log_sum_exp(std::array{-infinity, -infinity}); }) ==
        "bellman: no logit is finite; at least one must be");
  CHECK(message_of([] { log_sum_exp(std::vector<double>{}); }) == "bellman: no logit is finite; at least one must be");
  CHECK(message_of([] { log_softmax(std::array{0.0, 1.0}, 2); }) ==
        "bellman: index 2 of 2 logits; it must be below their number");
}

TEST_CASE("over a vocabulary of floats the normaliser is that of doubles, rounded") {
  std::vector<float> logits;
  std::vector<double> in_double;
  unsigned x = 1;
  for (int i = 0; i < 150000; ++i) {
    x = x * 1664525u + 1013904223u;
    logits.push_back(static_cast<float>(x >> 8) * 0x1p-22f);
    in_double.push_back(static_cast<double>(logits.back()));
  }
  long double total = 0;
  for (double const z : in_double) total += std::exp(static_cast<long double>(z));
  auto const expected = static_cast<double>(std::log(total));
  CHECK(std::abs(static_cast<double>(bellman::log_sum_exp(logits)) - expected) <= 1e-6);
  CHECK(std::abs(bellman::log_sum_exp(in_double) - expected) <= 1e-14);
  CHECK(std::abs(static_cast<double>(bellman::log_softmax(logits, 7)) - (in_double[7] - expected)) <= 1e-6);
}

TEST_CASE("logits of 16 bits are normalised as floats") {
  using bellman::test::half_float;
  std::array const z{half_float(1.0f), half_float(0.5f)};
  CHECK(bellman::log_sum_exp(z) == bellman::log_sum_exp(std::array{1.0f, 0.5f}));
  CHECK(bellman::log_softmax(z, 1) == bellman::log_softmax(std::array{1.0f, 0.5f}, 1));
}

TEST_CASE("the log-probability of what is nearly certain has all its digits") {
  // -log(1 + e^-d) for a logit that is d above the only other: -e^-d + e^-2d / 2 - ..., of which two terms are enough.
  CHECK(true_at_both_times([] {
    for (int d = 20; d < 700; d += 20) {
      double const e = bellman::exp(static_cast<double>(-d));
      if (!approx_equal(bellman::log_softmax(std::array{3.0, 3.0 - d}, 0), -e * (1 - e / 2), 1e-14)) return false;
      if (!approx_equal(bellman::log_sum_exp(std::array{static_cast<double>(-d), 0.0}), e * (1 - e / 2), 1e-14)) {
        return false;
      }
    }
    return true;
  }));
}
