// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/dirac.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>

#include <concepts>

#include "support/catch.hpp"

namespace {

using bellman::dirac;
using bellman::rational;

}  // namespace

TEST_CASE("what is certain has one value, of probability one in every field") {
  STATIC_REQUIRE(dirac{'x'}.value() == 'x');
  STATIC_REQUIRE(dirac{1} == dirac{1} && dirac{1} != dirac{2});
  STATIC_REQUIRE(bellman::expectation(dirac{7}, [](int x) { return rational(x, 2); }) == rational(7, 2));
  STATIC_REQUIRE(bellman::expectation(dirac{7}, [](int x) { return 0.5 * x; }) == 3.5);
  STATIC_REQUIRE(std::same_as<bellman::probability_t<dirac<int>>, bellman::certain>);
}
