// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/register_width.hpp>

#include <bellman/interop/boost_rational.hpp>

#include <list>
#include <vector>

#include "support/catch.hpp"

TEST_CASE("a register holds several floats or doubles, and no other numbers") {
  STATIC_REQUIRE(bellman::register_width<bellman::rational> == 1);
  STATIC_REQUIRE(bellman::register_width<long double> == 1);
  STATIC_REQUIRE(bellman::register_width<float> >= 4);
  STATIC_REQUIRE(bellman::fits_a_register<float, bellman::register_width<float>>);
  STATIC_REQUIRE(!bellman::fits_a_register<int, 1>);
  STATIC_REQUIRE(!bellman::fits_a_register<double, 1024>);
  STATIC_REQUIRE(bellman::number_of_a_register<double> && !bellman::number_of_a_register<long double>);
}

TEST_CASE("numbers side by side of a built-in type can be loaded at once") {
  STATIC_REQUIRE(bellman::adjacent_numbers<float const*>);
  STATIC_REQUIRE(bellman::adjacent_numbers<std::vector<unsigned char>::iterator>);
  STATIC_REQUIRE(!bellman::adjacent_numbers<std::vector<bool>::iterator>);
  STATIC_REQUIRE(!bellman::adjacent_numbers<std::list<float>::iterator>);
  STATIC_REQUIRE(!bellman::adjacent_numbers<long double*>);
  STATIC_REQUIRE(!bellman::adjacent_numbers<bellman::rational*>);
}
