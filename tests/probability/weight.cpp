// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/weight.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <concepts>
#include <cstddef>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("weights of products and of probabilities by their type multiply") {
  using bellman::certain;
  using bellman::unit_fraction;
  using bellman::weigh;
  CHECK(true_at_both_times([] {
    return weigh(certain{}, rational(2, 3)) == rational(2, 3) && weigh(rational(2, 3), certain{}) == rational(2, 3) &&
           weigh(unit_fraction{3}, rational(2)) == rational(2, 3) &&
           weigh(rational(2), unit_fraction{3}) == rational(2, 3) &&
           weigh(unit_fraction{3}, unit_fraction{4}) == unit_fraction{12} && weigh(unit_fraction{4}, 2) == 0.5;
  }));
  STATIC_REQUIRE(std::same_as<bellman::scalar_of_weight_t<certain, float>, float>);
  STATIC_REQUIRE(std::same_as<bellman::scalar_of_weight_t<unit_fraction, rational>, rational>);
  STATIC_REQUIRE(std::same_as<bellman::scalar_of_weight_t<float, float>, float>);
}

TEST_CASE("the nearest double of a probability is that of its number") {
  STATIC_REQUIRE(bellman::to_double(bellman::certain{}) == 1.0);
  STATIC_REQUIRE(bellman::to_double(bellman::unit_fraction{4}) == 0.25);
  STATIC_REQUIRE(bellman::to_double(rational(-3, 4)) == -0.75);
  STATIC_REQUIRE(bellman::to_double(bellman::dual<rational>::variable(rational(1, 8))) == 0.125);
  STATIC_REQUIRE(bellman::to_double(0.5f) == 0.5);
}

TEST_CASE("a sum of weights may be off by more, the more there are and the narrower they are") {
  STATIC_REQUIRE(bellman::weight_tolerance<double>(2) == 1e-9);
  STATIC_REQUIRE(bellman::weight_tolerance<float>(2) == 1e-4f);
  // 4 (n + 4) units of 2^-52
  STATIC_REQUIRE(bellman::weight_tolerance<double>((std::size_t{1} << 30) - 4) == 0x1p-20);
}
