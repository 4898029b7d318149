// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/value_transform.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::hyperbolic_arcsine;
using bellman::identity_transform;
using bellman::inverse_transform;
using bellman::rational;
using bellman::signed_hyperbolic;
using bellman::signed_logarithm;
using bellman::transform_after;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

constexpr double infinity = std::numeric_limits<double>::infinity();

// Both signs, from 1e-18 to 1e18.
template <class T>
std::vector<T> numbers(T largest = T(1e18)) {
  std::vector<T> all{T(0)};
  for (T x = T(1e-18); x < largest; x *= T(1.7)) {
    all.push_back(x);
    all.push_back(-x);
  }
  return all;
}

template <class H, class T>
bool inverts(H const& h, std::vector<T> const& all, T tolerance) {
  for (T const x : all) {
    if (!approx_equal(h.inverse(h(x)), x, tolerance)) return false;
  }
  return true;
}

template <class H, class T>
bool keeps_order_and_sign(H const& h, T least, T largest) {
  T before = h(least);
  for (T x = least; x < largest; x += (largest - least) / T(1000)) {
    if (x != least && !(before < h(x))) return false;
    if (h(-x) != -h(x)) return false;
    before = h(x);
  }
  return true;
}

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

TEST_CASE("the inverses are exact from the smallest values to the largest") {
  CHECK(inverts(signed_hyperbolic<>(), numbers<double>(), 2e-15));
  CHECK(inverts(signed_hyperbolic(0.0), numbers<double>(1e15), 2e-15));
  CHECK(inverts(signed_hyperbolic(1.0), numbers<double>(), 2e-15));
  CHECK(inverts(signed_hyperbolic<float>(), numbers<float>(), 1e-6f));
  // The logarithm's inverse enlarges the rounding of a logarithm of 41 by a factor of 41.
  CHECK(inverts(signed_logarithm(), numbers<double>(), 2e-14));
  CHECK(inverts(hyperbolic_arcsine(), numbers<double>(), 2e-14));
  CHECK(inverts(identity_transform(), numbers<double>(), 0.0));
}

TEST_CASE("the transforms agree with the standard library's functions") {
  for (double const x : numbers<double>()) {
    double const size = std::abs(x);
    CHECK(approx_equal(signed_logarithm()(x), std::copysign(std::log1p(size), x), 1e-15));
    CHECK(approx_equal(hyperbolic_arcsine()(x), std::asinh(x), 1e-15));
    if (size > 700) continue;
    CHECK(approx_equal(signed_logarithm().inverse(x), std::copysign(std::expm1(size), x), 2e-15));
    CHECK(approx_equal(hyperbolic_arcsine().inverse(x), std::sinh(x), 2e-15));
  }
  CHECK(approx_equal(hyperbolic_arcsine()(1e300), std::asinh(1e300), 1e-15));
  CHECK(approx_equal(hyperbolic_arcsine()(1e30f), std::asinh(1e30f), 1e-6f));
}

TEST_CASE("in a constant expression the transforms are what they are at run time") {
  CHECK(true_at_both_times([] {
    // log(1 + e - 1) = 1, sinh(log 2) = 3/4
    double const e = bellman::exp(1.0);
    return approx_equal(signed_logarithm()(e - 1), 1.0, 1e-15) &&
           approx_equal(signed_logarithm().inverse(-1.0), 1 - e, 1e-15) &&
           approx_equal(hyperbolic_arcsine().inverse(bellman::log(2.0)), 0.75, 1e-15) &&
           approx_equal(hyperbolic_arcsine()(-0.75), -bellman::log(2.0), 1e-15);
  }));
}

TEST_CASE("the transforms are odd and grow") {
  CHECK(keeps_order_and_sign(signed_hyperbolic<>(), -5.0, 5.0));
  CHECK(keeps_order_and_sign(signed_logarithm(), -5.0, 5.0));
  CHECK(keeps_order_and_sign(hyperbolic_arcsine(), -5.0, 5.0));
  CHECK(keeps_order_and_sign(inverse_transform{signed_hyperbolic<>()}, -5.0, 5.0));
  CHECK(keeps_order_and_sign(inverse_transform{signed_logarithm()}, -5.0, 5.0));
  CHECK(keeps_order_and_sign(inverse_transform{hyperbolic_arcsine()}, -5.0, 5.0));
}

TEST_CASE("infinity and a NaN stay what they are") {
  auto const stay = [](auto const& h) {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    return h(infinity) == infinity && h(-infinity) == -infinity && h.inverse(infinity) == infinity &&
           h.inverse(-infinity) == -infinity && h(nan) != h(nan) && h.inverse(nan) != h.inverse(nan);
  };
  CHECK(stay(identity_transform()));
  CHECK(stay(signed_hyperbolic<>()));
  CHECK(stay(signed_hyperbolic(0.0)));
  CHECK(stay(signed_logarithm()));
  CHECK(stay(hyperbolic_arcsine()));
  CHECK(hyperbolic_arcsine().inverse(-800.0) == -infinity);
  CHECK(signed_logarithm().inverse(800.0) == infinity);
}

TEST_CASE("a transform after another, and a transform taken backwards") {
  CHECK(true_at_both_times([] {
    transform_after const both{signed_hyperbolic(0.5), signed_hyperbolic(0.0)};
    inverse_transform const back{both};
    // sqrt(16) - 1 = 3, sqrt(4) - 1 + 3/2 = 5/2
    return both(15.0) == 2.5 && both.inverse(2.5) == 15.0 && back(2.5) == 15.0 && back.inverse(15.0) == 2.5;
  }));
  STATIC_REQUIRE(bellman::value_transform<transform_after<signed_logarithm, hyperbolic_arcsine>, double>);
  STATIC_REQUIRE(bellman::value_transform<inverse_transform<signed_hyperbolic<float>>, float>);
  STATIC_REQUIRE(bellman::value_transform<identity_transform, rational>);
  STATIC_REQUIRE(!bellman::value_transform<double, double>);
}

TEST_CASE("derivatives go through transforms") {
  // h'(x) = 1 / (2 sqrt(|x| + 1)) + epsilon, and that of the inverse is 1 / h'.
  using number = bellman::dual<double>;
  for (double const x : {-8.0, 0.0, 1e-9, 3.0}) {
    signed_hyperbolic const h(0.5);
    number const y = h(number::variable(x));
    double const slope = 0.5 / std::sqrt(std::abs(x) + 1) + 0.5;
    CHECK(approx_equal(y.derivative[0], slope, 1e-15));
    CHECK(approx_equal(h.inverse(number::variable(y.value)).derivative[0], 1 / slope, 1e-14));
    CHECK(approx_equal(signed_logarithm()(number::variable(x)).derivative[0], 1 / (1 + std::abs(x)), 1e-14));
    CHECK(approx_equal(hyperbolic_arcsine()(number::variable(x)).derivative[0], 1 / std::sqrt(1 + x * x), 1e-14));
    CHECK(approx_equal(hyperbolic_arcsine().inverse(number::variable(x)).derivative[0], std::cosh(x), 1e-14));
  }
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
