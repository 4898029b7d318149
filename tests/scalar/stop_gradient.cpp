// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/stop_gradient.hpp>

#include <bellman/interop/boost_rational.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::stop_gradient;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the value of a dual number without its derivatives; other numbers are themselves") {
  CHECK(true_at_both_times([] {
    auto const x = bellman::dual<double, 2>(3.0, {1.0, 2.0});
    return stop_gradient(x).value == 3.0 && stop_gradient(x).derivative == std::array{0.0, 0.0} &&
           stop_gradient(0.5) == 0.5 && stop_gradient(bellman::rational(1, 3)) == bellman::rational(1, 3);
  }));
}

TEST_CASE("the derivatives of a dual inside of a dual are stopped too") {
  CHECK(true_at_both_times([] {
    using inner = bellman::dual<double>;
    bellman::dual<inner> const x(inner::variable(3.0), {inner(1)});
    auto const stopped = stop_gradient(x);
    return stopped.value.value == 3.0 && stopped.value.derivative[0] == 0.0 && stopped.derivative[0].value == 0.0;
  }));
}

TEST_CASE("a value can be given the derivatives of another") {
  CHECK(true_at_both_times([] {
    auto const f = bellman::dual<double>(5.0, {7.0});
    auto const g = bellman::dual<double>(2.0, {3.0});
    auto const both = stop_gradient(f) + g - stop_gradient(g);
    return both.value == 5.0 && both.derivative[0] == 3.0;
  }));
}
