// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/kl.hpp>

#include <bellman/scalar/dual.hpp>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;

using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a clamped estimate agrees with the plain one within its bounds, and is flat outside") {
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<double>;
    auto const near = verl::clamped_k3(dual::variable(-1.0), -1.5);
    auto const far = verl::clamped_k3(dual::variable(-1.0), -30.0);
    return approx_equal(near.value, bellman::k3(-1.0, -1.5), 1e-15) && near.derivative[0] > 0.0 && far.value == 10.0 &&
           far.derivative[0] == 0.0 && verl::absolute_k1(-2.0, -1.0) == 1.0 && verl::absolute_k1(-1.0, -2.0) == 1.0;
  }));
}
