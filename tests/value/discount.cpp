// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/discount.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <concepts>
#include <limits>

#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::discount;
using bellman::discount_for;
using bellman::rational;
using bellman::test::message_of;

}  // namespace

TEST_CASE("a discount lies between 0 and 1, both included") {
  STATIC_REQUIRE(discount(0.0).value() == 0.0 && discount(1.0).value() == 1.0);
  STATIC_REQUIRE(discount(rational(9, 10)).value() == rational(9, 10));
  STATIC_REQUIRE(discount(bellman::interval<double>(0.0, 1.0)).value().upper() == 1.0);
  CHECK(message_of([] { discount(1.5); }) == "bellman: the discount is 1.5; it must lie in [0, 1]");
  CHECK(message_of([] { discount(rational(-1, 2)); }) == "bellman: the discount is -1/2; it must lie in [0, 1]");
  CHECK_THROWS_AS(discount(std::numeric_limits<double>::quiet_NaN()), bellman::invalid_value);
  CHECK_THROWS_AS(discount(bellman::interval<double>(0.5, 1.5)), bellman::invalid_value);
  CHECK_THROWS_AS(discount(bellman::interval<double>(-0.5, 0.5)), bellman::invalid_value);
}

TEST_CASE("a literal takes the rewards' scalar, integer rewards the discount's, and a dual number widens them") {
  STATIC_REQUIRE(std::same_as<decltype(discount_for<float>(0.5)), discount<float>>);
  STATIC_REQUIRE(std::same_as<decltype(discount_for<int>(0.5f)), discount<float>>);
  STATIC_REQUIRE(std::same_as<decltype(discount_for<int>(1)), discount<double>>);
  STATIC_REQUIRE(std::same_as<decltype(discount_for<rational>(1)), discount<rational>>);
  using dual = bellman::dual<double>;
  STATIC_REQUIRE(std::same_as<decltype(discount_for<double>(dual(0.5))), discount<dual>>);
  STATIC_REQUIRE(std::same_as<decltype(discount_for<float>(discount(0.5))), discount<float>>);
}

TEST_CASE("a discount that is below 1 and is 1 in the rewards' type is refused, and the last one below 1 is not") {
  CHECK(message_of([] { discount_for<float>(0.99999999); }) ==
        "bellman: the discount is 0.99999998999999995, which is 1 in the type of the rewards; give it as 1, or the "
        "rewards in a wider type");
  CHECK(discount_for<float>(1.0).value() == 1.0f);
  CHECK(discount_for<float>(0.99999995).value() < 1.0f);
  CHECK(discount_for<double>(0.99999999).value() == 0.99999999);
}
