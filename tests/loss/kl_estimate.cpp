// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/kl_estimate.hpp>

#include <bellman/error.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <list>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::entropy;
using bellman::k1;
using bellman::k2;
using bellman::k3;
using bellman::kl_divergence;
using bellman::log_softmax;
using bellman::test::absolutely_close;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

using dual = bellman::dual<double>;

constexpr double inf = std::numeric_limits<double>::infinity();

// Logits of probabilities 1/2, 1/3, 1/6 and 1/4, 1/2, 1/4, each shifted by some number.
constexpr std::array<double, 3> logits(double shift) {
  return {bellman::log(3.0) + shift, bellman::log(2.0) + shift, shift};
}
constexpr std::array<double, 3> reference(double shift) { return {shift, bellman::log(2.0) + shift, shift}; }

// log 2 - 1/2 log 3, and 1/2 log 2 + 1/3 log 3 + 1/6 log 6
constexpr double kl = 0.1438410362258904637;
constexpr double uncertainty = 1.0114042647073517;

}  // namespace

TEST_CASE("the three estimates of a token's log-ratio") {
  CHECK(true_at_both_times([] {
    return k1(-1.0, -1.5) == 0.5 && k2(-1.0, -1.5) == 0.125 && k1(-2.0, -1.0) == -1.0 && k2(-2.0, -1.0) == 0.5 &&
           approx_equal(k3(-1.0, -1.5), bellman::exp(-0.5) - 0.5, 1e-15) &&
           approx_equal(k3(-2.0, -1.0), bellman::exp(1.0) - 2.0, 1e-15) && k3(-1.0, -1.0) == 0.0;
  }));
  STATIC_REQUIRE(std::same_as<decltype(k3(-1.0f, -1.5f)), float>);
}

TEST_CASE("the gradients of the estimates in the log-probability") {
  // 1, l, 1 - exp(-l)
  CHECK(true_at_both_times([] {
    auto const p = dual::variable(-1.0);
    return k1(p, -1.5).derivative[0] == 1.0 && k2(p, -1.5).derivative[0] == 0.5 &&
           approx_equal(k3(p, -1.5).derivative[0], 1.0 - bellman::exp(-0.5), 1e-15);
  }));
}

TEST_CASE("an estimate may have the gradient of another") {
  CHECK(true_at_both_times([] {
    auto const k = bellman::straight_through{k3, k2}(dual::variable(-1.0), -1.5);
    return k.value == k3(-1.0, -1.5) && k.derivative[0] == 0.5 && bellman::straight_through{k1, k2}(-1.0, -1.5) == 0.5;
  }));
}

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

TEST_CASE("the entropy lies between that of certainty and that of chance") {
  CHECK(true_at_both_times([] {
    return approx_equal(entropy(logits(0)), uncertainty, 1e-14) &&
           approx_equal(entropy(logits(1000)), uncertainty, 1e-12) &&
           approx_equal(entropy(std::array{7.0, 7.0, 7.0, 7.0}), bellman::log(4.0), 1e-15) &&
           entropy(std::array{3.0}) == 0.0 && entropy(std::array{3.0, -inf}) == 0.0 &&
           approx_equal(entropy(std::array{3.0, -inf, 3.0}), bellman::log(2.0), 1e-15);
  }));
  CHECK(entropy(std::array{0.0, -800.0}) == 0.0);
  CHECK(approx_equal(entropy(std::list<float>{1.0f, 1.0f}), 0.6931472f, 1e-6f));
}

TEST_CASE("the gradient of an entropy") {
  // dH/dz_i = -p_i (log p_i + H)
  CHECK(true_at_both_times([] {
    std::array const p{1.0 / 2, 1.0 / 3, 1.0 / 6};
    for (std::size_t i = 0; i < 3; ++i) {
      auto const z = logits(0);
      auto const at = [&](std::size_t j) { return i == j ? dual::variable(z[j]) : dual(z[j]); };
      double const slope = entropy(std::array{at(0), at(1), at(2)}).derivative[0];
      if (!absolutely_close(slope, -p[i] * (bellman::log(p[i]) + uncertainty), 1e-15)) return false;
    }
    return true;
  }));
}

TEST_CASE("the divergence of two policies, exactly") {
  CHECK(true_at_both_times([] {
    return approx_equal(kl_divergence(logits(0), reference(0)), kl, 1e-14) &&
           approx_equal(kl_divergence(logits(500), reference(-300)), kl, 1e-11) &&
           kl_divergence(logits(0), logits(0)) == 0.0;
  }));
  CHECK(true_at_both_times([] {
    // d KL / d z_i = p_i (log p_i - log q_i - KL)
    auto const z = logits(0);
    auto const k = kl_divergence(std::array{dual::variable(z[0]), dual(z[1]), dual(z[2])}, reference(0));
    return approx_equal(k.derivative[0], 0.5 * (bellman::log(2.0) - kl), 1e-14);
  }));
}

TEST_CASE(
    "a token that cannot occur has no part in a divergence, one that only the reference cannot makes it infinite") {
  CHECK(true_at_both_times([] {
    std::array const never{0.0, -inf};
    std::array const both{0.0, 0.0};
    return approx_equal(kl_divergence(never, both), bellman::log(2.0), 1e-15) && kl_divergence(both, never) == inf &&
           kl_divergence(never, never) == 0.0;
  }));
  // Its own probability rounds to 0.
  CHECK(kl_divergence(std::array{0.0, -1000.0}, std::array{0.0, -inf}) == inf);
}

TEST_CASE("logits that are no numbers, and none at all, are refused") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> const none;
  for (auto const& bad : {std::vector{0.0, nan}, std::vector{inf, 0.0}, std::vector{-inf, -inf}, none}) {
    CHECK_THROWS_AS(entropy(bad), bellman::invalid_value);
    CHECK_THROWS_AS(bellman::log_sum_exp(bad), bellman::invalid_value);
    CHECK_THROWS_AS(kl_divergence(bad, bad), bellman::invalid_value);
  }
  CHECK_THROWS_AS(kl_divergence(std::vector{0.0, 1.0}, std::vector{0.0}), bellman::invalid_value);
  CHECK_THROWS_AS(kl_divergence(std::vector{0.0}, std::vector{0.0, 1.0}), bellman::invalid_value);
}
