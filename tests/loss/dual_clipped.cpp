// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/dual_clipped.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <cmath>
#include <concepts>
#include <limits>

#include "loss/tokens.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::clipped;
using bellman::dual_clipped;
using bellman::rational;
using bellman::test::true_at_both_times;
using bellman::test::at;
using bellman::test::fifth;
using bellman::test::is;

}  // namespace

TEST_CASE("a dual clip bounds the loss of a ratio that explodes, for negative advantages alone") {
  CHECK(true_at_both_times([] {
    dual_clipped const s{clipped{fifth}, rational(3)};
    return is(at(s, 5, -2), -6, 0) && is(at(s, 2, -2), -4, -2) && is(at(s, 5, 2), rational(12, 5), 0) &&
           s.binds_below(rational(5), rational(-2)) && !s.binds_below(rational(2), rational(-2)) &&
           !s.binds_below(rational(5), rational(2)) && s.binds(rational(5), rational(2));
  }));
}

TEST_CASE("any surrogate of a ratio and an advantage has a dual clip") {
  CHECK(true_at_both_times([] {
    dual_clipped const s{bellman::unclipped{}, rational(3)};
    return is(at(s, 5, -2), -6, 0) && is(at(s, 2, -2), -4, -2) && is(at(s, 5, 2), 10, 2);
  }));
  STATIC_REQUIRE(std::same_as<decltype(dual_clipped{clipped{0.2f}, 3}), dual_clipped<float>>);
}

TEST_CASE("the bound may be an integer, and an advantage of 0 hides a ratio that overflowed") {
  CHECK(true_at_both_times([] { return dual_clipped{clipped{0.2}, 3}(5.0, -2.0) == -6.0; }));
  CHECK(dual_clipped(clipped(0.2), 3.0)(std::numeric_limits<double>::infinity(), 0.0) == 0.0);
}

TEST_CASE("a bound that is not above 1 is refused") {
  CHECK_THROWS_AS(dual_clipped(clipped(0.2), 1.0), bellman::invalid_value);
  CHECK_THROWS_AS(dual_clipped(clipped(0.2), std::numeric_limits<double>::quiet_NaN()), bellman::invalid_value);
}

TEST_CASE("at the bound itself a token has its own gradient, however its product with the advantage is rounded") {
  dual_clipped const s{clipped{0.2}, 3.0};
  for (int i = 1; i < 1000; ++i) {
    float const advantage = -0.001f * static_cast<float>(i);
    CHECK(!s.binds_below(3.0f, advantage));
    CHECK(s(bellman::dual<float>::variable(3.0f), advantage).derivative[0] == advantage);
    CHECK(s.binds_below(std::nextafter(3.0f, 4.0f), -1.0f));
  }
}
