// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/at_most.hpp>

#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/pack.hpp>

#include <limits>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::at_most;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the smaller of a bound and a number") {
  CHECK(true_at_both_times([] {
    return at_most(1.0, 1.5) == 1.0 && at_most(1.0, 0.5) == 0.5 && at_most(1.0, 1.0) == 1.0 && at_most(2, -3) == -3;
  }));
}

TEST_CASE("a NaN stays one below any bound") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(at_most(1.0, nan) != at_most(1.0, nan));
}

TEST_CASE("a dual number keeps its derivatives below the bound and has none above") {
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<double>;
    return at_most(dual(1), dual::variable(0.5)).derivative[0] == 1 &&
           at_most(dual(1), dual::variable(1.5)).derivative[0] == 0;
  }));
}

TEST_CASE("packs are bounded lane by lane") {
  using two = bellman::pack<double, 2>;
  two x(0.5);
  x.set(1, 1.5);
  two const bounded = at_most(two(1.0), x);
  CHECK(bounded[0] == 0.5);
  CHECK(bounded[1] == 1.0);
}
