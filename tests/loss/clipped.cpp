// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/clipped.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <limits>

#include "loss/tokens.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::clipped;
using bellman::rational;
using bellman::test::true_at_both_times;
using bellman::test::at;
using bellman::test::fifth;
using bellman::test::is;

}  // namespace

TEST_CASE("a clipped objective is flat where the ratio has gone far enough in the advantage's direction") {
  CHECK(true_at_both_times([] {
    clipped const s(fifth);
    return is(at(s, rational(11, 10), 2), rational(11, 5), 2) && is(at(s, rational(3, 2), 2), rational(12, 5), 0) &&
           is(at(s, rational(1, 2), 2), 1, 2) && is(at(s, rational(1, 2), -2), rational(-8, 5), 0) &&
           is(at(s, rational(3, 2), -2), -3, -2) && is(at(s, rational(9, 10), -2), rational(-9, 5), -2);
  }));
  CHECK(true_at_both_times([] {
    clipped const s(fifth);
    return s.binds(rational(3, 2), rational(2)) && !s.binds(rational(1, 2), rational(2)) &&
           s.binds(rational(1, 2), rational(-2)) && !s.binds(rational(3, 2), rational(-2)) &&
           !s.binds(rational(3, 2), rational(0)) && !s.binds(rational(6, 5), rational(2));
  }));
}

TEST_CASE("a clip that is higher than it is low is both") {
  CHECK(true_at_both_times([] {
    clipped const s(fifth, rational(1, 2));
    return is(at(s, rational(7, 5), 1), rational(7, 5), 1) && is(at(s, rational(8, 5), 1), rational(3, 2), 0) &&
           is(at(s, rational(7, 10), -1), rational(-4, 5), 0);
  }));
}

TEST_CASE("the bounds of a clip may be integers beside numbers") {
  CHECK(true_at_both_times([] {
    return clipped{0.2, 1}(3.0, 1.0) == 2.0 && clipped{0, 0.5}(2.0, 1.0) == 1.5 && clipped{1}(1.5, 1.0) == 1.5 &&
           clipped{fifth, 1}(rational(3), rational(1)) == 2;
  }));
}

TEST_CASE("an advantage of 0 hides a ratio that overflowed, a clip bounds it") {
  double const infinity = std::numeric_limits<double>::infinity();
  CHECK(clipped(0.2)(infinity, 0.0) == 0.0);
  CHECK(!clipped(0.2).binds(infinity, 0.0));
  CHECK(clipped(0.2)(infinity, 1.0) == 1.2);
}

TEST_CASE("a range that is negative is refused") {
  CHECK_THROWS_AS(clipped(-0.1), bellman::invalid_value);
  CHECK_THROWS_AS(clipped(0.1, -0.1), bellman::invalid_value);
  CHECK_THROWS_AS(clipped(std::numeric_limits<double>::quiet_NaN()), bellman::invalid_value);
}

TEST_CASE("an integer for a ratio is bounded by the range, not by what is left of it") {
  CHECK(true_at_both_times([] {
    return clipped{0.5}(2, 1.0) == 1.5 && clipped{0.5}.clip(2) == 1.5 && clipped{0.5}(2, -1.0) == -2.0 &&
           clipped{0.5}.binds(2, 1.0) && !clipped{0.5}.binds(1, 1.0);
  }));
}
