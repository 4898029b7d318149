// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/is_finite.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

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

TEST_CASE("a vector is finite where all its components are, a dual number where its value is") {
  double const infinity = std::numeric_limits<double>::infinity();
  CHECK(is_finite(std::array{1.0, 2.0}));
  CHECK(!is_finite(std::array{1.0, infinity}));
  CHECK(!is_finite(std::vector{std::array{1.0f}, std::array{-std::numeric_limits<float>::infinity()}}));
  CHECK(is_finite(bellman::dual<double>(1.0, {infinity})));
  CHECK(!is_finite(bellman::dual<double>(infinity)));
}
