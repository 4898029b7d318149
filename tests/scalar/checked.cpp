// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/checked.hpp>

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/dual.hpp>

#include <limits>
#include <sstream>
#include <stdexcept>
#include <type_traits>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::checked;
using bellman::test::true_at_both_times;
using integer = checked<long long>;
using checked_rational = boost::rational<integer>;

// The operations of an integer of 8 bits, against those of int: every pair of values.
struct outcome {
  bool overflows;
  int value;
  friend bool operator==(outcome, outcome) = default;
};
template <class Operation>
outcome checked_outcome(Operation const& f, int a, int b) {
  try {
    return {false, static_cast<int>(f(checked<signed char>(a), checked<signed char>(b)))};
  } catch (std::overflow_error const&) {
    return {true, 0};
  }
}
template <class Operation>
outcome expected_outcome(Operation const& f, int a, int b) {
  int const exact = f(a, b);
  return exact < -128 || exact > 127 ? outcome{true, 0} : outcome{false, exact};
}
template <class Operation>
bool agrees_on_every_pair(Operation const& f, bool divides) {
  for (int a = -128; a < 128; ++a) {
    for (int b = -128; b < 128; ++b) {
      if (divides && b == 0) continue;
      if (checked_outcome(f, a, b) != expected_outcome(f, a, b)) return false;
    }
  }
  return true;
}

constexpr long long most_positive = std::numeric_limits<long long>::max();
constexpr long long most_negative = std::numeric_limits<long long>::min();

}  // namespace

TEST_CASE("every operation of a checked integer is that of the integers, or an overflow error") {
  CHECK(agrees_on_every_pair([](auto a, auto b) { return a + b; }, false));
  CHECK(agrees_on_every_pair([](auto a, auto b) { return a - b; }, false));
  CHECK(agrees_on_every_pair([](auto a, auto b) { return a * b; }, false));
  CHECK(agrees_on_every_pair([](auto a, auto b) { return a / b; }, true));
  CHECK(agrees_on_every_pair([](auto a, auto b) { return a % b; }, true));
  CHECK(agrees_on_every_pair([](auto a, auto) { return -a; }, false));
  CHECK(agrees_on_every_pair([](auto a, auto) { return ++a; }, false));
  CHECK(agrees_on_every_pair([](auto a, auto) { return --a; }, false));
  CHECK(agrees_on_every_pair([](auto a, auto b) { return a < b ? b : a; }, false));
}

TEST_CASE("checked integers compute in a constant expression as at run time") {
  CHECK(true_at_both_times([] {
    integer a = 20;
    a += 1;
    a *= 2;
    a -= 4;
    integer const before = a++;
    --a;
    return a == 38 && before == 38 && a / 5 == 7 && a % 5 == 3 && -a == -38 && abs(-a) == 38 && 40 > a && a <= 38 &&
           a != 39 && static_cast<int>(a) == 38 && static_cast<double>(a) == 38.0 && static_cast<bool>(a) && !!a &&
           !integer();
  }));
  CHECK(true_at_both_times(
      [] { return integer(most_positive) + integer(most_negative) == -1 && integer(most_negative) % -1 == 0; }));
}

TEST_CASE("overflow of a checked integer is an error and leaves the value as it was") {
  integer a(most_positive);
  CHECK_THROWS_AS(a += 1, std::overflow_error);
  CHECK_THROWS_AS(a *= 2, std::overflow_error);
  CHECK_THROWS_AS(++a, std::overflow_error);
  CHECK_THROWS_AS(a - integer(-1), std::overflow_error);
  CHECK(a == most_positive);
  CHECK_THROWS_AS(-integer(most_negative), std::overflow_error);
  CHECK_THROWS_AS(abs(integer(most_negative)), std::overflow_error);
  CHECK_THROWS_AS(integer(most_negative) / -1, std::overflow_error);
}

TEST_CASE("division of a checked integer by zero is an error") {
  CHECK_THROWS_AS(integer(1) / 0, bellman::invalid_value);
  CHECK_THROWS_AS(integer(1) % 0, bellman::invalid_value);
}

TEST_CASE("conversions to and from a checked integer are checked") {
  CHECK_THROWS_AS(checked<int>(1LL << 31), std::overflow_error);
  CHECK_THROWS_AS(integer(std::numeric_limits<unsigned long long>::max()), std::overflow_error);
  CHECK_THROWS_AS(static_cast<int>(integer(1LL << 31)), std::overflow_error);
  CHECK_THROWS_AS(static_cast<unsigned>(integer(-1)), std::overflow_error);
  CHECK_THROWS_AS(static_cast<unsigned long long>(integer(-1)), std::overflow_error);
  CHECK(checked<int>(true) == 1);
  CHECK(checked<int>('a') == int('a'));
  STATIC_REQUIRE(!std::is_convertible_v<integer, long long>);
  STATIC_REQUIRE(!std::is_convertible_v<double, integer>);
}

TEST_CASE("a checked integer has the limits of its integer") {
  using limits = std::numeric_limits<integer>;
  STATIC_REQUIRE(limits::is_specialized && limits::is_integer && limits::is_signed && limits::is_exact);
  STATIC_REQUIRE(!limits::is_modulo);
  STATIC_REQUIRE(limits::max() == most_positive && limits::lowest() == most_negative && limits::digits == 63);
}

TEST_CASE("a checked integer is written and read like its integer") {
  std::stringstream text;
  text << integer(-42);
  CHECK(text.str() == "-42");
  integer a;
  text >> a;
  CHECK(a == -42);
  CHECK(bellman::internal::describe(integer(7)) == "7");
  CHECK(bellman::internal::describe(checked_rational(1, 3)) == "1/3");
}

TEST_CASE("a rational of checked integers is an exact ordered field, in a constant expression too") {
  STATIC_REQUIRE(bellman::ordered_field<checked_rational>);
  STATIC_REQUIRE(bellman::exact_scalar<checked_rational>);
  CHECK(true_at_both_times([] {
    checked_rational const a(1, 3);
    checked_rational const b(1, 6);
    return a + b == checked_rational(1, 2) && a - b == b && a * b == checked_rational(1, 18) && a / b == 2 && b < a &&
           -a < b && bellman::sum(a, b) == checked_rational(1, 2) &&
           bellman::quotient(a, b) == checked_rational(2);
  }));
  CHECK(true_at_both_times([] {
    auto const x = bellman::dual<checked_rational>::variable(checked_rational(1, 2));
    return (x * x).derivative[0] == 1;
  }));
}

TEST_CASE("the own operators of a rational of checked integers do not overflow in silence") {
  checked_rational const large(most_positive);
  checked_rational const small(1, most_positive);
  CHECK_THROWS_AS(large + 1, std::overflow_error);
  CHECK_THROWS_AS(large * large, std::overflow_error);
  CHECK_THROWS_AS(small * checked_rational(1, 2), std::overflow_error);
  CHECK_THROWS_AS(small + checked_rational(1, 2), std::overflow_error);
  CHECK(large * small == 1);
}
