// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/clamp.hpp>

#include <bellman/scalar/dual.hpp>

#include <limits>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::clamp;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a number is kept between two bounds") {
  CHECK(true_at_both_times([] {
    return clamp(1.75, 0.5, 1.5) == 1.5 && clamp(0.25, 0.5, 1.5) == 0.5 && clamp(1.25, 0.5, 1.5) == 1.25 &&
           clamp(1.5, 0.5, 1.5) == 1.5 && clamp(7.0f, -20, 5) == 5.0f;
  }));
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(clamp(nan, 0, 1) != clamp(nan, 0, 1));
}

TEST_CASE("a dual number has derivatives between and at the bounds, and none outside") {
  CHECK(true_at_both_times([] {
    auto const slope = [](double x) { return clamp(bellman::dual<double>::variable(x), 0, 1).derivative[0]; };
    return slope(-0.5) == 0 && slope(0) == 1 && slope(0.5) == 1 && slope(1) == 1 && slope(1.5) == 0;
  }));
}
