// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/hyperbolic_arcsine.hpp>

#include <bellman/loss/value_transform.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <cmath>

#include "loss/transforms.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::hyperbolic_arcsine;
using bellman::inverse_transform;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using bellman::test::infinity;
using bellman::test::inverts;
using bellman::test::keeps_order_and_sign;
using bellman::test::numbers;

}  // namespace

TEST_CASE("the inverse of an arsinh is exact from the smallest values to the largest") {
  CHECK(inverts(hyperbolic_arcsine(), numbers<double>(), 2e-14));
}

TEST_CASE("an arsinh agrees with the standard library's functions") {
  for (double const x : numbers<double>()) {
    CHECK(approx_equal(hyperbolic_arcsine()(x), std::asinh(x), 1e-15));
    if (std::abs(x) > 700) continue;
    CHECK(approx_equal(hyperbolic_arcsine().inverse(x), std::sinh(x), 2e-15));
  }
  CHECK(approx_equal(hyperbolic_arcsine()(1e300), std::asinh(1e300), 1e-15));
  CHECK(approx_equal(hyperbolic_arcsine()(1e30f), std::asinh(1e30f), 1e-6f));
}

TEST_CASE("in a constant expression an arsinh is what it is at run time") {
  CHECK(true_at_both_times([] {
    // sinh(log 2) = 3/4
    return approx_equal(hyperbolic_arcsine().inverse(bellman::log(2.0)), 0.75, 1e-15) &&
           approx_equal(hyperbolic_arcsine()(-0.75), -bellman::log(2.0), 1e-15);
  }));
}

TEST_CASE("an arsinh is odd and grows, and so does its inverse, which may be infinite") {
  CHECK(keeps_order_and_sign(hyperbolic_arcsine(), -5.0, 5.0));
  CHECK(keeps_order_and_sign(inverse_transform{hyperbolic_arcsine()}, -5.0, 5.0));
  CHECK(hyperbolic_arcsine().inverse(-800.0) == -infinity);
}

TEST_CASE("derivatives go through an arsinh and its inverse") {
  using number = bellman::dual<double>;
  for (double const x : {-8.0, 0.0, 1e-9, 3.0}) {
    CHECK(approx_equal(hyperbolic_arcsine()(number::variable(x)).derivative[0], 1 / std::sqrt(1 + x * x), 1e-14));
    CHECK(approx_equal(hyperbolic_arcsine().inverse(number::variable(x)).derivative[0], std::cosh(x), 1e-14));
  }
}
