// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/signed_hyperbolic.hpp>

#include <bellman/error.hpp>
#include <bellman/loss/value_transform.hpp>
#include <bellman/scalar/dual.hpp>

#include <cmath>
#include <limits>

#include "loss/transforms.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::inverse_transform;
using bellman::signed_hyperbolic;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using bellman::test::infinity;
using bellman::test::inverts;
using bellman::test::keeps_order_and_sign;
using bellman::test::keeps_what_is_not_finite;
using bellman::test::numbers;

}  // namespace

TEST_CASE("the signed hyperbolic transform has the values of its formula") {
  // h(3) = sqrt(4) - 1 + 3 epsilon, h(-8) = -(sqrt(9) - 1) - 8 epsilon
  CHECK(true_at_both_times([] {
    signed_hyperbolic const h(0.5);
    return h(3.0) == 2.5 && h(-8.0) == -6.0 && h(0.0) == 0.0 && h.inverse(2.5) == 3.0 && h.inverse(-6.0) == -8.0;
  }));
  CHECK(signed_hyperbolic<>().epsilon() == 0.001);
  CHECK(approx_equal(signed_hyperbolic<>()(99.0), 9.099, 1e-15));
}

TEST_CASE("without a linear part the transform is a root and its inverse a square") {
  CHECK(true_at_both_times([] {
    signed_hyperbolic const h(0.0);
    return h(15.0) == 3.0 && h.inverse(3.0) == 15.0 && h.inverse(-3.0) == -15.0;
  }));
}

TEST_CASE("the inverse is exact from the smallest values to the largest") {
  CHECK(inverts(signed_hyperbolic<>(), numbers<double>(), 2e-15));
  CHECK(inverts(signed_hyperbolic(0.0), numbers<double>(1e15), 2e-15));
  CHECK(inverts(signed_hyperbolic(1.0), numbers<double>(), 2e-15));
  CHECK(inverts(signed_hyperbolic<float>(), numbers<float>(), 1e-6f));
}

TEST_CASE("the transform is odd and grows, and so does its inverse; infinity and a NaN stay what they are") {
  CHECK(keeps_order_and_sign(signed_hyperbolic<>(), -5.0, 5.0));
  CHECK(keeps_order_and_sign(inverse_transform{signed_hyperbolic<>()}, -5.0, 5.0));
  CHECK(keeps_what_is_not_finite(signed_hyperbolic<>()));
  CHECK(keeps_what_is_not_finite(signed_hyperbolic(0.0)));
}

TEST_CASE("derivatives go through the transform and its inverse") {
  // h'(x) = 1 / (2 sqrt(|x| + 1)) + epsilon, and that of the inverse is 1 / h'.
  using number = bellman::dual<double>;
  for (double const x : {-8.0, 0.0, 1e-9, 3.0}) {
    signed_hyperbolic const h(0.5);
    number const y = h(number::variable(x));
    double const slope = 0.5 / std::sqrt(std::abs(x) + 1) + 0.5;
    CHECK(approx_equal(y.derivative[0], slope, 1e-15));
    CHECK(approx_equal(h.inverse(number::variable(y.value)).derivative[0], 1 / slope, 1e-14));
  }
}

TEST_CASE("a dual number whose value is infinite stays infinite") {
  bellman::dual<double> const infinite(infinity);
  CHECK(signed_hyperbolic<>{}(infinite).value == infinity);
}

TEST_CASE("what has a finite inverse has it, however large it is") {
  // Far out h(x) = epsilon x + sqrt(x), of which the root is nothing.
  CHECK(approx_equal(signed_hyperbolic(10.0).inverse(5e307), 5e306, 1e-15));
  CHECK(approx_equal(signed_hyperbolic(10.0).inverse(-1e308), -1e307, 1e-15));
  CHECK(approx_equal(signed_hyperbolic(1.0).inverse(1.7e308), 1.7e308, 1e-15));
  CHECK(approx_equal(signed_hyperbolic(1.0f).inverse(1.5e38f), 1.5e38f, 1e-6f));
  CHECK(approx_equal(signed_hyperbolic(4.0f).inverse(3e38f), 7.5e37f, 1e-6f));
  CHECK(approx_equal(signed_hyperbolic(1e300).inverse(1e308), 1e8, 1e-14));
}

TEST_CASE("a slope below zero is refused, and one that is not finite") {
  for (double const epsilon : {-0.001, infinity, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(signed_hyperbolic(epsilon), bellman::invalid_value);
  }
}
