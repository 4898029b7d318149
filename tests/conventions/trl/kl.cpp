// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/kl.hpp>

#include <bellman/loss/kl_estimate.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cstddef>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace conventions_trl_kl_test {

namespace trl = bellman::conventions::trl;

using bellman::exp;
using bellman::log;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using dual = bellman::dual<double>;

// Two tokens: how likely under the policy that sampled them, under the reference, and under one that is learned, which
// takes the first with probability x.
constexpr std::array sampled{0.75, 0.25};
constexpr std::array reference{0.4, 0.6};
constexpr double x = 0.2;

constexpr dual log_prob(std::size_t token) {
  dual const first = dual::variable(x);
  if (token == 0) return log(first);
  return log(1 - first);
}

// sum_a p(a) log (p(a) / q(a)), and its derivative log (p_0 / q_0) - log (p_1 / q_1).
constexpr double kl() { return x * log(x / reference[0]) + (1 - x) * log((1 - x) / reference[1]); }
constexpr double slope_of_kl() { return log(x / reference[0]) - log((1 - x) / reference[1]); }

template <class Estimate>
constexpr dual mean_of(Estimate const& estimate) {
  dual total(0);
  for (std::size_t token = 0; token < 2; ++token) {
    dual const p = log_prob(token);
    total = total + sampled[token] * estimate(exp(p - log(sampled[token])), p, log(reference[token]));
  }
  return total;
}

TEST_CASE("weighted by the ratio, k3 of another policy's tokens is the KL and has its gradient") {
  CHECK(true_at_both_times([] {
    dual const corrected = mean_of(trl::bias_corrected_k3);
    return approx_equal(corrected.value, kl(), 1e-14) && approx_equal(corrected.derivative[0], slope_of_kl(), 1e-13);
  }));
  CHECK(true_at_both_times([] {
    dual const plain = mean_of([](dual const&, dual const& p, double q) { return bellman::k3(p, q); });
    return !approx_equal(plain.value, kl(), 0.1) && !approx_equal(plain.derivative[0], slope_of_kl(), 0.1);
  }));
}

TEST_CASE("the ratio weighs as it is, whatever range a surrogate clips it to") {
  CHECK(true_at_both_times([] {
    return trl::bias_corrected_k3(5.0, -1.0, -1.5) == 5 * bellman::k3(-1.0, -1.5) &&
           trl::bias_corrected_k3(0.0f, -1.0f, -1.5f) == 0.0f;
  }));
}

}  // namespace conventions_trl_kl_test
