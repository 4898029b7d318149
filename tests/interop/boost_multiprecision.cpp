// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_multiprecision.hpp>

#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/interval.hpp>

#include <limits>
#include <stdexcept>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include "support/catch.hpp"

using bellman::integer512;
using bellman::rational512;

namespace {

constexpr rational512 harmonic(int n) {
  rational512 total = 0;
  for (int k = 1; k <= n; ++k) total = bellman::sum(total, rational512(1, k));
  return total;
}

}  // namespace

TEST_CASE("a rational of 512-bit integers is an exact ordered field, and so are its duals and intervals") {
  STATIC_REQUIRE(bellman::ordered_field<rational512>);
  STATIC_REQUIRE(bellman::exact_scalar<rational512>);
  STATIC_REQUIRE(bellman::exact_scalar<bellman::dual<rational512>>);
  STATIC_REQUIRE(bellman::exact_scalar<bellman::interval<rational512>>);
  STATIC_REQUIRE(bellman::vector_space_over<bellman::coordinates<rational512, 2>>);
}

TEST_CASE("a harmonic sum that leaves 64 bits is exact in 512") {
  // The denominator of H_60 has 85 bits.
  CHECK(harmonic(60) == rational512(integer512("15117092380124150817026911"), integer512("3230237388259077233637600")));
  CHECK(harmonic(20) == rational512(55835135, 15519504));
}

#if defined(__clang__)
// g++ 12 refuses this: see the limits of rational512.
TEST_CASE("a rational of 512-bit integers is computed with in a constant expression, by clang") {
  STATIC_REQUIRE(harmonic(20) == rational512(55835135, 15519504));
}
#endif

TEST_CASE("overflow of 512 bits is an error, in every operation") {
  integer512 const most = std::numeric_limits<integer512>::max();
  rational512 const large(most);
  rational512 const small(1, most);
  CHECK_THROWS_AS(bellman::sum(large, rational512(1)), std::overflow_error);
  CHECK_THROWS_AS(bellman::difference(-large, rational512(1)), std::overflow_error);
  CHECK_THROWS_AS(bellman::product(large, rational512(2)), std::overflow_error);
  CHECK_THROWS_AS(bellman::quotient(large, rational512(1, 2)), std::overflow_error);
  CHECK_THROWS_AS(bellman::product(small, rational512(1, 2)), std::overflow_error);
  CHECK_THROWS_AS(bellman::sum(small, rational512(1, 2)), std::overflow_error);
  CHECK_THROWS_AS(large * large, std::overflow_error);
  CHECK(bellman::product(large, small) == rational512(1));
}

TEST_CASE("repeated squaring ends in an overflow error, not in a wrong value") {
  rational512 x(2);
  int squarings = 0;
  auto const square_for_ever = [&] {
    for (;; ++squarings) x = bellman::product(x, x);
  };
  CHECK_THROWS_AS(square_for_ever(), std::overflow_error);
  CHECK(squarings == 8);  // 2^(2^8) fits into 512 bits, 2^(2^9) does not
  CHECK(x == rational512(integer512(1) << 256));
}

TEST_CASE("the double of a quotient is the nearest, be its parts too large for one") {
  using fraction = boost::multiprecision::cpp_rational;
  boost::multiprecision::cpp_int const large = boost::multiprecision::cpp_int(1) << 2000;
  CHECK(bellman::to_double(fraction(large + 1, large * 2)) == 0.5);
  CHECK(bellman::to_double(fraction(1, 3)) == 1.0 / 3);
  CHECK(bellman::to_double(rational512(1, 3)) == 1.0 / 3);
}

TEST_CASE("the floating-point numbers of Boost.Multiprecision are an inexact field with exp and log") {
  using precise =
      boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>, boost::multiprecision::et_off>;
  STATIC_REQUIRE(bellman::ordered_field<precise>);
  STATIC_REQUIRE(!bellman::is_exact_v<precise>);
  precise const e = bellman::exp(precise(1));
  CHECK(abs(e - precise("2.71828182845904523536028747135266249775724709369996")) < precise("1e-48"));
  CHECK(abs(bellman::log(e) - 1) < precise("1e-48"));
  auto const x = bellman::dual<precise>::variable(precise(3));
  CHECK(abs(bellman::log(x).derivative[0] * 3 - 1) < precise("1e-48"));
}
