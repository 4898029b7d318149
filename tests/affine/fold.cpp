// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/fold.hpp>

#include <bellman/affine/affine.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <forward_list>
#include <limits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

using bellman::affine;
using bellman::fold;
using bellman::rational;

TEST_CASE("a fold applies the maps from the last to the first") {
  CHECK(bellman::test::true_at_both_times([] {
    std::array const maps{affine{rational(1), rational(1, 2)}, affine{rational(2), rational(3)}};
    return fold(maps, rational(4)) == rational(8) && fold(maps, 4) == rational(8);  // 1 + (2 + 3 * 4) / 2
  }));
}

TEST_CASE("maps that can only be walked forwards are composed, which makes no difference") {
  std::forward_list const maps{affine{rational(1), rational(1, 2)}, affine{rational(2), rational(3)}};
  CHECK(fold(maps, rational(4)) == rational(8));
}

TEST_CASE("the fold of two parts is that of the second folded into the first") {
  std::vector const maps{affine{rational(1), rational(1, 2)}, affine{rational(2), rational(3)},
                         affine{rational(5), rational(1, 5)}};
  std::vector const first(maps.begin(), maps.begin() + 1);
  std::vector const second(maps.begin() + 1, maps.end());
  CHECK(fold(maps, rational(7)) == fold(first, fold(second, rational(7))));
}

TEST_CASE("a slope of zero hides a NaN in either direction of the walk") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(fold(std::array{affine{1.0, 0.0}, affine{nan, 1.0}}, 4.0) == 1.0);
  CHECK(fold(std::forward_list{affine{1.0, 0.0}, affine{nan, 1.0}}, 4.0) == 1.0);
}
