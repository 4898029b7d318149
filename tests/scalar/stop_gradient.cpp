// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/stop_gradient.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include "scalar/exact_dual.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::test::exact_dual;
using bellman::test::is;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a stopped gradient leaves the value") {
  CHECK(true_at_both_times([] { return is(bellman::stop_gradient(exact_dual::variable(3)), 3, 0); }));
  CHECK(true_at_both_times([] {
    using second = bellman::dual<exact_dual>;
    second const x = second::variable(exact_dual::variable(3));
    auto const stopped = bellman::stop_gradient(x);
    return is(stopped.value, 3, 0) && is(stopped.derivative[0], 0, 0) && bellman::stop_gradient(2.5) == 2.5;
  }));
}
