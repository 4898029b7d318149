// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/field.hpp>

#include <bellman/scalar/dual.hpp>

#include <array>
#include <complex>
#include <concepts>
#include <string>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <boost/rational.hpp>

#include "scalar/modulo_7.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::test::true_at_both_times;
using rational = boost::rational<long long>;
using unbounded = boost::multiprecision::number<boost::multiprecision::cpp_rational_backend,
                                                boost::multiprecision::et_off>;
using precise = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>, boost::multiprecision::et_off>;

}  // namespace

// Named, since clang warns of operators in an unnamed namespace that only a concept uses.
namespace field_test {

using bellman::test::modular::modulo_7;

struct without_quotient {
  constexpr explicit without_quotient(int = 0) {}
  friend constexpr bool operator==(without_quotient, without_quotient) = default;
  friend constexpr without_quotient operator+(without_quotient a, without_quotient) { return a; }
  friend constexpr without_quotient operator-(without_quotient a, without_quotient) { return a; }
  friend constexpr without_quotient operator*(without_quotient a, without_quotient) { return a; }
  friend constexpr without_quotient operator-(without_quotient a) { return a; }
};

// The minimal definition of a vector space: the plane over the integers modulo 7.
struct plane {
  using scalar_type = modulo_7;
  modulo_7 x;
  modulo_7 y;
  friend constexpr plane operator+(plane v, plane w) { return {v.x + w.x, v.y + w.y}; }
  friend constexpr plane operator-(plane v, plane w) { return {v.x - w.x, v.y - w.y}; }
  friend constexpr plane operator*(modulo_7 f, plane v) { return {f * v.x, f * v.y}; }
};

}  // namespace field_test

using field_test::modulo_7;
using field_test::plane;
using field_test::without_quotient;

TEMPLATE_TEST_CASE("numbers with the four operations and an order are ordered fields", "", float, double, long double,
                   rational, boost::rational<int>, unbounded, precise) {
  STATIC_REQUIRE(bellman::field<TestType>);
  STATIC_REQUIRE(bellman::ordered_field<TestType>);
  STATIC_REQUIRE(bellman::vector_space_over<TestType>);
  STATIC_REQUIRE(std::same_as<bellman::scalar_t<TestType const&>, TestType>);
}

TEST_CASE("built-in integers are no field, for their quotient is not that of numbers") {
  STATIC_REQUIRE(!bellman::field<int>);
  STATIC_REQUIRE(!bellman::field<unsigned long>);
  STATIC_REQUIRE(!bellman::field<bool>);
}

TEST_CASE("what lacks an operation is no field") {
  STATIC_REQUIRE(!bellman::field<without_quotient>);
  STATIC_REQUIRE(!bellman::field<std::string>);
  STATIC_REQUIRE(!bellman::field<void*>);
  STATIC_REQUIRE(!bellman::vector_space_over<std::string>);
}

TEST_CASE("a field without an order is no ordered field") {
  STATIC_REQUIRE(bellman::field<modulo_7>);
  STATIC_REQUIRE(!bellman::ordered_field<modulo_7>);
  STATIC_REQUIRE(bellman::field<std::complex<double>>);
  STATIC_REQUIRE(!bellman::ordered_field<std::complex<double>>);
}

TEST_CASE("a vector space names its scalars") {
  STATIC_REQUIRE(std::same_as<bellman::scalar_t<plane>, modulo_7>);
  STATIC_REQUIRE(bellman::vector_space_over<plane>);
  STATIC_REQUIRE(bellman::vector_space_over<plane, modulo_7>);
  STATIC_REQUIRE(!bellman::vector_space_over<plane, double>);
  STATIC_REQUIRE(!bellman::field<plane>);
}

TEST_CASE("arithmetic is exact but for floating point") {
  STATIC_REQUIRE(bellman::exact_scalar<rational>);
  STATIC_REQUIRE(bellman::exact_scalar<unbounded>);
  STATIC_REQUIRE(bellman::exact_scalar<modulo_7>);
  STATIC_REQUIRE(!bellman::exact_scalar<float>);
  STATIC_REQUIRE(!bellman::exact_scalar<long double>);
  STATIC_REQUIRE(!bellman::exact_scalar<precise>);
  STATIC_REQUIRE(!bellman::exact_scalar<int>);  // exact, but no field
}

TEST_CASE("an array of scalars is a vector and no field") {
  STATIC_REQUIRE(bellman::vector_space_over<std::array<double, 2>>);
  STATIC_REQUIRE(bellman::vector_space_over<std::array<rational, 3>, rational>);
  STATIC_REQUIRE(!bellman::vector_space_over<std::array<std::string, 2>>);
  STATIC_REQUIRE(std::same_as<bellman::scalar_t<std::array<rational, 3>>, rational>);
  STATIC_REQUIRE(!bellman::field<std::array<double, 2>>);
}

TEST_CASE("a number is zero for good where its derivatives are zero too") {
  CHECK(true_at_both_times([] {
    using bellman::dual;
    using bellman::is_zero;
    return is_zero(0.0) && !is_zero(1.0) && is_zero(rational(0)) && is_zero(dual<double>(0)) &&
           !is_zero(dual<double>::variable(0.0)) && !is_zero(dual<double>(1));
  }));
}
