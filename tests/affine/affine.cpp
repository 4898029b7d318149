// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/affine.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <limits>

#include "support/both_times.hpp"
#include "support/catch.hpp"

using bellman::affine;
using bellman::rational;
using bellman::test::true_at_both_times;

TEST_CASE("an affine map scales and adds") {
  CHECK(true_at_both_times([] {
    affine const f{rational(1), rational(1, 2)};
    return f(rational(4)) == rational(3) && affine<rational>::identity()(rational(7)) == rational(7) &&
           affine<rational>::constant(rational(5))(rational(7)) == rational(5);
  }));
}

TEST_CASE("maps are composed from the last to the first, and have a fixed point") {
  CHECK(true_at_both_times([] {
    affine const f{rational(1), rational(1, 2)};
    affine const g{rational(3), rational(2)};
    return bellman::compose(f, g) == affine{rational(5, 2), rational(1)} && bellman::compose(g, f) == affine{rational(5), rational(1)} &&
           bellman::fixed_point(f) == rational(2);
  }));
}

TEST_CASE("a map of slope zero does not look at what it is applied to") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(affine{3.0, 0.0}(nan) == 3.0);
  CHECK(bellman::compose(affine{3.0, 0.0}, affine{nan, 1.0}) == affine{3.0, 0.0});
}

TEST_CASE("a map of a vector space has a scalar slope") {
  CHECK(true_at_both_times([] {
    affine const f{std::array{1.0, 2.0}, 0.5};
    return f(std::array{2.0, 4.0}) == std::array{2.0, 4.0} && bellman::fixed_point(f) == std::array{2.0, 4.0};
  }));
}

TEST_CASE("nothing is discounted, nothing ends: slope one has no single fixed point") {
  CHECK_THROWS_AS(bellman::fixed_point(affine{1.0, 1.0}), bellman::invalid_value);
}
