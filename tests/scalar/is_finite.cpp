// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <limits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::is_finite;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a number is finite unless it is infinite or a NaN") {
  CHECK(true_at_both_times([] {
    double const infinity = std::numeric_limits<double>::infinity();
    double const nan = std::numeric_limits<double>::quiet_NaN();
    return is_finite(0.0) && is_finite(std::numeric_limits<double>::max()) && !is_finite(infinity) &&
           !is_finite(-infinity) && !is_finite(nan) && is_finite(7) && is_finite(bellman::rational(1, 3));
  }));
  CHECK(!is_finite(std::numeric_limits<float>::infinity()));
}

TEST_CASE("a finite number is above 0, 0 or below it, and a NaN and an infinity are none of these") {
  using bellman::internal::is_finite_and_not_negative;
  using bellman::internal::is_finite_and_positive;
  CHECK(true_at_both_times([] {
    return is_finite_and_positive(0.5) && !is_finite_and_positive(0.0) && !is_finite_and_positive(-0.5) &&
           is_finite_and_not_negative(0.5) && is_finite_and_not_negative(0.0) && !is_finite_and_not_negative(-0.5) &&
           is_finite_and_not_negative(0u) && is_finite_and_positive(bellman::rational(1, 3));
  }));
  for (double const x : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(!is_finite_and_positive(x));
    CHECK(!is_finite_and_not_negative(x));
    CHECK(!is_finite_and_positive(bellman::dual<double>(x)));
    CHECK(!is_finite_and_not_negative(bellman::dual<double>(x)));
  }
}

TEST_CASE("an interval is above 0 where all of it is") {
  using number = bellman::interval<double>;
  CHECK(bellman::internal::is_finite_and_not_negative(number(0.0, 2.0)));
  CHECK(!bellman::internal::is_finite_and_not_negative(number(-1.0, 1.0)));
  CHECK(bellman::internal::is_finite_and_positive(number(1.0, 2.0)));
  CHECK(!bellman::internal::is_finite_and_positive(number(0.0, 2.0)));
}

TEST_CASE("a vector is finite where all its components are, a dual number where its value is") {
  double const infinity = std::numeric_limits<double>::infinity();
  CHECK(is_finite(std::array{1.0, 2.0}));
  CHECK(!is_finite(std::array{1.0, infinity}));
  CHECK(!is_finite(std::vector{std::array{1.0f}, std::array{-std::numeric_limits<float>::infinity()}}));
  CHECK(is_finite(bellman::dual<double>(1.0, {infinity})));
  CHECK(!is_finite(bellman::dual<double>(infinity)));
}
