// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/map.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>

#include "probability/dice.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::expectation;
using bellman::rational;
using bellman::test::die;
using bellman::test::number;
using bellman::test::probability_of;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a mapped distribution is that of the function's value") {
  CHECK(true_at_both_times([] {
    auto const odd = bellman::map(die(), [](int x) { return x % 2; });
    return probability_of(odd, 1) == rational(1, 2) &&
           expectation(bellman::map(die(), [](int x) { return x * x; }), number) ==
               expectation(die(), [](int x) { return rational(x * x); });
  }));
}
