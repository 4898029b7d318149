// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/kl_divergence.hpp>

#include <bellman/error.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <limits>
#include <vector>

#include "probability/three_logits.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"

namespace {

using bellman::kl_divergence;
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
