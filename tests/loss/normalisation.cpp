// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/normalisation.hpp>

#include <bellman/affine/affine.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <limits>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::affine;
using bellman::normalisation;
using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("to normalise is the inverse of to denormalise") {
  CHECK(true_at_both_times([] {
    normalisation const n(rational(3), rational(2, 5));
    return n.normalise(rational(4)) == rational(5, 2) && n.denormalise()(rational(5, 2)) == rational(4) &&
           normalisation<rational>().denormalise() == affine<rational>::identity();
  }));
}

TEST_CASE("a scale that is not above 0, or not finite, is refused") {
  double const infinity = std::numeric_limits<double>::infinity();
  for (double const x : {0.0, -1.0, infinity, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(normalisation(0.0, x), bellman::invalid_value);
  }
}
