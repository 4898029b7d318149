// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/clamp.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <limits>

#include "scalar/exact_dual.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::exact_dual;
using bellman::test::is;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a clamp keeps what lies between its bounds, and derivatives with it") {
  CHECK(true_at_both_times([] {
    return bellman::clamp(rational(1, 2), 0, 1) == rational(1, 2) && bellman::clamp(rational(-1, 2), 0, 1) == 0 &&
           bellman::clamp(rational(3, 2), 0, 1) == 1;
  }));
  CHECK(true_at_both_times([] {
    return is(bellman::clamp(exact_dual::variable(1), 0, 1), 1, 1) &&
           is(bellman::clamp(exact_dual::variable(2), 0, 1), 1, 0);
  }));
  double const x = bellman::clamp(std::numeric_limits<double>::quiet_NaN(), 0.0, 1.0);
  CHECK(x != x);
}
