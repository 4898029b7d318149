// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/magnitude.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::magnitude;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("of a number and its opposite the one that is not below zero") {
  CHECK(true_at_both_times([] {
    return magnitude(-1.5) == 1.5 && magnitude(1.5) == 1.5 && magnitude(0.0) == 0.0 && magnitude(-3) == 3 &&
           magnitude(bellman::rational(-1, 3)) == bellman::rational(1, 3);
  }));
}

TEST_CASE("the slope of a magnitude is the sign") {
  CHECK(true_at_both_times([] {
    auto const slope = [](double x) { return magnitude(bellman::dual<double>::variable(x)).derivative[0]; };
    return slope(-2) == -1 && slope(2) == 1;
  }));
}
