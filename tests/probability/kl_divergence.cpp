// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/kl_divergence.hpp>

#include <bellman/error.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <vector>

#include "probability/three_logits.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"
#include "support/sixteen_bits.hpp"

namespace {

using bellman::kl_divergence;
using bellman::test::absolutely_close;
using bellman::test::approx_equal;
using bellman::test::infinity;
using bellman::test::three_logits;
using bellman::test::true_at_both_times;

using dual = bellman::dual<double>;

// Logits of probabilities 1/4, 1/2 and 1/4, shifted by some number.
constexpr std::array<double, 3> reference(double shift) { return {shift, bellman::log(2.0) + shift, shift}; }

// log 2 - 1/2 log 3
constexpr double kl = 0.1438410362258904637;

}  // namespace

TEST_CASE("the divergence of two policies, exactly") {
  CHECK(true_at_both_times([] {
    return approx_equal(kl_divergence(three_logits(0), reference(0)), kl, 1e-14) &&
           approx_equal(kl_divergence(three_logits(500), reference(-300)), kl, 1e-11) &&
           kl_divergence(three_logits(0), three_logits(0)) == 0.0;
  }));
  CHECK(true_at_both_times([] {
    // d KL / d z_i = p_i (log p_i - log q_i - KL)
    auto const z = three_logits(0);
    auto const k = kl_divergence(std::array{dual::variable(z[0]), dual(z[1]), dual(z[2])}, reference(0));
    return approx_equal(k.derivative[0], 0.5 * (bellman::log(2.0) - kl), 1e-14);
  }));
}

TEST_CASE(
    "a token that cannot occur has no part in a divergence, one that only the reference cannot makes it infinite") {
  CHECK(true_at_both_times([] {
    std::array const never{0.0, -infinity};
    std::array const both{0.0, 0.0};
    return approx_equal(kl_divergence(never, both), bellman::log(2.0), 1e-15) &&
           kl_divergence(both, never) == infinity && kl_divergence(never, never) == 0.0;
  }));
  // Its own probability rounds to 0.
  CHECK(kl_divergence(std::array{0.0, -1000.0}, std::array{0.0, -infinity}) == infinity);
}

TEST_CASE("logits that are no numbers, none at all, and not as many are refused") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> const none;
  for (auto const& bad : {std::vector{0.0, nan}, std::vector{infinity, 0.0}, std::vector{-infinity, -infinity}, none}) {
    CHECK_THROWS_AS(kl_divergence(bad, bad), bellman::invalid_value);
  }
  CHECK_THROWS_AS(kl_divergence(std::vector{0.0, 1.0}, std::vector{0.0}), bellman::invalid_value);
  CHECK_THROWS_AS(kl_divergence(std::vector{0.0}, std::vector{0.0, 1.0}), bellman::invalid_value);
}

TEST_CASE("the divergence over a vocabulary is right to its last digits, in float too") {
  // p is uniform, q gives every second token twice the odds: KL = log((1 + 2) / 2) - log(2) / 2, exactly so but for
  // log 2 as a float.
  std::size_t const n = 150000;
  std::vector<float> const logits(n, 0.0f);
  std::vector<float> reference(n, 0.0f);
  float const log_2 = static_cast<float>(std::log(2.0));
  for (std::size_t i = 0; i < n; i += 2) reference[i] = log_2;
  double const expected = std::log((1 + std::exp(static_cast<double>(log_2))) / 2) - static_cast<double>(log_2) / 2;
  CHECK(std::abs(static_cast<double>(bellman::kl_divergence(logits, reference)) - expected) <= 1e-7 * expected);
}

TEST_CASE("logits of 16 bits diverge as these numbers do as floats") {
  using bellman::test::brain_float;
  std::array const p{brain_float(1.0f), brain_float(-0.5f)};
  std::array const q{brain_float(0.25f), brain_float(2.0f)};
  CHECK(bellman::kl_divergence(p, q) == bellman::kl_divergence(std::array{1.0f, -0.5f}, std::array{0.25f, 2.0f}));
}

TEST_CASE("the gradient of a divergence with respect to every logit is written") {
  CHECK(true_at_both_times([] {
    std::array<double, 3> gradients{7, 7, 7};
    auto const z = three_logits(0);
    double const value = kl_divergence(z, reference(0), gradients);
    for (std::size_t i = 0; i < 3; ++i) {
      auto const at = [&](std::size_t j) { return i == j ? dual::variable(z[j]) : dual(z[j]); };
      double const slope = kl_divergence(std::array{at(0), at(1), at(2)}, reference(0)).derivative[0];
      if (!approx_equal(gradients[i], slope, 1e-14)) return false;
    }
    // p_i (log p_i - log q_i - KL) of p = (1/2, 1/3, 1/6), q = (1/4, 1/2, 1/4).
    return value == kl_divergence(z, reference(0)) &&
           approx_equal(gradients[0], 0.5 * (bellman::log(2.0) - kl), 1e-14) &&
           approx_equal(gradients[2], (bellman::log(2.0 / 3.0) - kl) / 6, 1e-14);
  }));
  CHECK(true_at_both_times([] {
    std::array<double, 3> gradients{7, 7, 7};
    kl_divergence(std::array{0.0, -infinity, 0.0}, std::array{0.0, 0.0, 0.0}, gradients);
    return absolutely_close(gradients[0], 0.0, 1e-16) && gradients[1] == 0 &&
           absolutely_close(gradients[2], 0.0, 1e-16);
  }));
  std::array<double, 2> gradients{7, 7};
  CHECK(kl_divergence(std::array{0.0, 0.0}, std::array{0.0, -infinity}, gradients) == infinity);
  CHECK(!std::isfinite(gradients[0]));
  CHECK(!std::isfinite(gradients[1]));
  std::vector<float> const logits{0.5f, -1.0f};
  CHECK_THROWS_AS(kl_divergence(logits, logits, std::vector<float>(3)), bellman::invalid_value);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(kl_divergence), std::vector<float>, std::vector<float>, float&>);
}

TEST_CASE("the divergence of two policies that are near each other has its digits, and is not below 0") {
  CHECK(true_at_both_times([] {
    // Of 1/2 and 1/2 from logits that differ by h: log cosh(h / 2).
    double const h = 0x1p-20;
    double const near_chance = bellman::kl_divergence(std::array{0.0, 0.0}, std::array{0.0, h});
    // Of a policy that is nearly certain: e^-30 (e^d - 1 - d), and then e^-60 of that.
    double const d = 0x1p-13;
    double const near_certainty = bellman::kl_divergence(std::array{3.0, -27.0}, std::array{3.0, -27.0 + d});
    return approx_equal(near_chance, h * h / 8, 1e-8) &&
           approx_equal(near_certainty, bellman::exp(-30.0) * (d * d / 2 + d * d * d / 6), 1e-8);
  }));
  // What never occurs under the policy counts only by what it takes from the rest: log(1 + e^-1).
  CHECK(approx_equal(bellman::kl_divergence(std::array{0.0, -infinity}, std::array{0.0, -1.0}),
                     bellman::log(1 + bellman::exp(-1.0)), 1e-15));
}
