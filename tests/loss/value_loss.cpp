// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/value_loss.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/token_sum.hpp>

#include <array>
#include <limits>

#include "loss/tokens.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::clipped_value_loss;
using bellman::rational;
using bellman::token_mean;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using bellman::test::exact;
using bellman::test::fifth;
using bellman::test::is;

}  // namespace

TEST_CASE("a value gains nothing from leaving its old value by more than a range") {
  CHECK(true_at_both_times([] {
    clipped_value_loss const loss(fifth);
    // Towards the return, out of the range: the error of the clipped value, without a gradient.
    exact const out = loss(exact::variable(2), rational(1), rational(3));
    // Away from it, or within: its own.
    exact const away = loss(exact::variable(0), rational(1), rational(3));
    exact const within = loss(exact::variable(rational(11, 10)), rational(1), rational(3));
    return is(out, rational(81, 50), 0) && is(away, rational(9, 2), -3) &&
           is(within, rational(361, 200), rational(-19, 10));
  }));
  CHECK(true_at_both_times([] {
    clipped_value_loss const loss(fifth);
    return loss.binds(rational(2), rational(1), rational(3)) && !loss.binds(rational(0), rational(1), rational(3)) &&
           !loss.binds(rational(1), rational(1), rational(3)) &&
           bellman::squared_error(rational(1), rational(4)) == rational(9, 2);
  }));
}

TEST_CASE("values that are integers are computed with as double") {
  CHECK(true_at_both_times([] {
    return bellman::squared_error(3, 2) == 0.5 && approx_equal(clipped_value_loss{0.2}(1.0, 0, 1.0), 0.32, 1e-15) &&
           approx_equal(clipped_value_loss{0.2}(1, 0, 1), 0.32, 1e-15) && clipped_value_loss{0.2}.binds(1, 0, 1);
  }));
}

TEST_CASE("an old value that is a NaN makes the loss a NaN") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const loss = clipped_value_loss(0.2)(1.0, nan, 2.0);
  CHECK(loss != loss);
  double const of_value = clipped_value_loss(0.2)(nan, 1.0, 2.0);
  CHECK(of_value != of_value);
}

TEST_CASE("the mean of a value's loss is a mean over a scope") {
  CHECK(true_at_both_times([] {
    auto const loss = token_mean{}(
        bellman::token_sum(clipped_value_loss(0.5), std::array{1.0, 2.0}, std::array{1.0, 1.0}, std::array{2.0, 2.0}));
    return loss.value() == (0.5 + 0.125) / 2;
  }));
}

TEST_CASE("a range of values that is negative is refused") {
  CHECK_THROWS_AS(clipped_value_loss(-1.0), bellman::invalid_value);
  CHECK_THROWS_AS(clipped_value_loss(std::numeric_limits<double>::quiet_NaN()), bellman::invalid_value);
}
