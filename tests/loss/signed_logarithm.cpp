// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/signed_logarithm.hpp>

#include <bellman/loss/value_transform.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <cmath>

#include "loss/transforms.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::inverse_transform;
using bellman::signed_logarithm;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using bellman::test::infinity;
using bellman::test::inverts;
using bellman::test::keeps_order_and_sign;
using bellman::test::keeps_what_is_not_finite;
using bellman::test::numbers;

}  // namespace

TEST_CASE("the inverse of a signed logarithm is exact from the smallest values to the largest") {
  // It enlarges the rounding of a logarithm of 41 by a factor of 41.
  CHECK(inverts(signed_logarithm(), numbers<double>(), 2e-14));
}

TEST_CASE("a signed logarithm agrees with the standard library's functions") {
  for (double const x : numbers<double>()) {
    double const size = std::abs(x);
    CHECK(approx_equal(signed_logarithm()(x), std::copysign(std::log1p(size), x), 1e-15));
    if (size > 700) continue;
    CHECK(approx_equal(signed_logarithm().inverse(x), std::copysign(std::expm1(size), x), 2e-15));
  }
}

TEST_CASE("in a constant expression a signed logarithm is what it is at run time") {
  CHECK(true_at_both_times([] {
    // log(1 + e - 1) = 1
    double const e = bellman::exp(1.0);
    return approx_equal(signed_logarithm()(e - 1), 1.0, 1e-15) &&
           approx_equal(signed_logarithm().inverse(-1.0), 1 - e, 1e-15);
  }));
}

TEST_CASE("a signed logarithm is odd and grows, and so does its inverse; infinity and a NaN stay what they are") {
  CHECK(keeps_order_and_sign(signed_logarithm(), -5.0, 5.0));
  CHECK(keeps_order_and_sign(inverse_transform{signed_logarithm()}, -5.0, 5.0));
  CHECK(keeps_what_is_not_finite(signed_logarithm()));
  CHECK(signed_logarithm().inverse(800.0) == infinity);
}

TEST_CASE("derivatives go through a signed logarithm") {
  using number = bellman::dual<double>;
  for (double const x : {-8.0, 0.0, 1e-9, 3.0}) {
    CHECK(approx_equal(signed_logarithm()(number::variable(x)).derivative[0], 1 / (1 + std::abs(x)), 1e-14));
  }
}
