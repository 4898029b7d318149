// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/kl_estimate.hpp>

#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <concepts>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::k1;
using bellman::k2;
using bellman::k3;
using bellman::kl_estimator;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

using dual = bellman::dual<double>;

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

TEST_CASE("an estimator is a function of two log-probabilities, 0 where they are equal") {
  STATIC_REQUIRE(kl_estimator<decltype(k1)> && kl_estimator<decltype(k2), dual, double>);
  STATIC_REQUIRE(kl_estimator<bellman::straight_through<decltype(k3), decltype(k2)>, float>);
  STATIC_REQUIRE(!kl_estimator<double> && !kl_estimator<decltype([](double) { return 0.0; })>);
  STATIC_REQUIRE(k1(-0.5, -0.5) == 0.0 && k2(-0.5, -0.5) == 0.0);
  STATIC_REQUIRE(k3(-0.5, -0.5) == 0.0 && bellman::straight_through{k1, k2}(-0.5, -0.5) == 0.0);
}
