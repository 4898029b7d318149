// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>
#include <bellman/scalar/maximum.hpp>

#include <limits>
#include <stdexcept>
#include <type_traits>

#include "support/both_times.hpp"
#include "support/catch.hpp"

using bellman::rational;
using bellman::test::true_at_both_times;

TEST_CASE("a rational is an exact ordered field, and so are its duals and intervals") {
  STATIC_REQUIRE(bellman::ordered_field<rational>);
  STATIC_REQUIRE(bellman::exact_scalar<rational>);
  STATIC_REQUIRE(bellman::exact_scalar<bellman::dual<rational, 2>>);
  STATIC_REQUIRE(bellman::exact_scalar<bellman::interval<rational>>);
  STATIC_REQUIRE(!std::is_convertible_v<double, rational>);
}

TEST_CASE("a harmonic sum is exact at both times") {
  // 1 + 1/2 + ... + 1/20 = 55835135/15519504
  CHECK(true_at_both_times([] {
    rational total = 0;
    for (int k = 1; k <= 20; ++k) total = bellman::sum(total, rational(1, k));
    return total == rational(55835135, 15519504);
  }));
}

TEST_CASE("a rational is ordered by value even where a cross product would overflow") {
  CHECK(true_at_both_times([] {
    constexpr long long most = std::numeric_limits<long long>::max();
    rational const below(most - 2, most - 1);
    rational const above(most - 1, most);
    return below < above && bellman::maximum(below, above) == above;
  }));
}

TEST_CASE("a harmonic sum that leaves 64 bits is an overflow error") {
  auto const harmonic = [](int n) {
    rational total = 0;
    for (int k = 1; k <= n; ++k) total = bellman::sum(total, rational(1, k));
    return total;
  };
  CHECK(harmonic(40) == rational(2078178381193813, 485721041551200));
  CHECK_THROWS_AS(harmonic(60), std::overflow_error);
}
