// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/soft_clipped.hpp>

#include <bellman/error.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <limits>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::soft_clipped;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

using dual = bellman::dual<double>;

}  // namespace

TEST_CASE("a soft clip is a sigmoid with slope one at ratio one") {
  CHECK(true_at_both_times([] {
    soft_clipped const s(1.0, 2.0);
    dual const up = s(dual::variable(1.0), 3.0);
    dual const down = s(dual::variable(1.0), -3.0);
    // 4 / tau sigmoid(0) A
    return up.value == 6.0 && approx_equal(up.derivative[0], 3.0, 1e-15) && down.value == -3.0 &&
           approx_equal(down.derivative[0], -3.0, 1e-15);
  }));
  CHECK(true_at_both_times([] {
    soft_clipped const s(1.0, 2.0);
    // sigmoid(log 3) = 3/4
    double const r = 1.0 + bellman::log(3.0);
    return approx_equal(s(r, 1.0), 3.0, 1e-14) && approx_equal(s(1.0 + bellman::log(3.0) / 2, -1.0), -1.5, 1e-14) &&
           s(1e9, 1.0) == 4.0;
  }));
}

TEST_CASE("temperatures may be integers, and an advantage of 0 hides a gate that is no number") {
  CHECK(true_at_both_times([] { return soft_clipped{1, 2.0}(1.0, 3.0) == 6.0; }));
  CHECK(soft_clipped(1.0, 1.0)(-std::numeric_limits<double>::infinity(), 0.0) == 0.0);
}

TEST_CASE("a temperature that is not above 0 is refused") {
  CHECK_THROWS_AS(soft_clipped(0.0, 1.0), bellman::invalid_value);
  CHECK_THROWS_AS(soft_clipped(1.0, -1.0), bellman::invalid_value);
}

TEST_CASE("a gate that is open or closed as far as numbers go has no derivative") {
  auto const at = [](soft_clipped<double> const& s, double r) {
    return s(bellman::dual<double>::variable(r), 1.0).derivative[0];
  };
  CHECK(at(soft_clipped(1.0, 1.0), std::numeric_limits<double>::infinity()) == 0);
  CHECK(soft_clipped(1.0, 1.0)(std::numeric_limits<double>::infinity(), 1.0) == 4);
  CHECK(at(soft_clipped(1.0, 1.0), 1e300) == 0);
  // exp(800) is no double.
  CHECK(at(soft_clipped(800.0, 800.0), 0.0) == 0);
  CHECK(soft_clipped(800.0, 800.0)(0.0, 1.0) == 0);
  double const r = std::numeric_limits<double>::quiet_NaN();
  CHECK(soft_clipped(1.0, 1.0)(r, 1.0) != soft_clipped(1.0, 1.0)(r, 1.0));
}
