// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/arithmetic.hpp>

#include <array>
#include <limits>
#include <random>
#include <stdexcept>

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/rational.hpp>

#include "scalar/modulo_7.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::test::modular::modulo_7;
using bellman::test::true_at_both_times;
using rational = boost::rational<long long>;
using unbounded = boost::multiprecision::number<boost::multiprecision::cpp_rational_backend,
                                                boost::multiprecision::et_off>;

constexpr long long most = std::numeric_limits<long long>::max();
constexpr long long least = std::numeric_limits<long long>::min();

}  // namespace

TEST_CASE("sum, difference, product and quotient are those of the type") {
  CHECK(true_at_both_times([] {
    rational const a(2, 3);
    rational const b(-5, 7);
    return bellman::sum(a, b) == rational(-1, 21) && bellman::difference(a, b) == rational(29, 21) &&
           bellman::product(a, b) == rational(-10, 21) && bellman::quotient(a, b) == rational(-14, 15);
  }));
  CHECK(true_at_both_times([] {
    return bellman::sum(0.1, 0.2) == 0.1 + 0.2 && bellman::difference(1.0, 0.75) == 0.25 &&
           bellman::product(1.5, 1.5) == 2.25 && bellman::quotient(1.0, 4.0) == 0.25;
  }));
  CHECK(true_at_both_times([] {
    modulo_7 const a(3);
    modulo_7 const b(5);
    return bellman::sum(a, b).n == 1 && bellman::difference(a, b).n == 5 && bellman::product(a, b).n == 1 &&
           bellman::quotient(a, b).n == 2;
  }));
  CHECK(bellman::quotient(unbounded(1), unbounded(3)) * 3 == 1);
}

TEST_CASE("overflow of a quotient of integers is an error") {
  CHECK_THROWS_AS(bellman::sum(rational(most), rational(1)), std::overflow_error);
  CHECK_THROWS_AS(bellman::difference(rational(least), rational(1)), std::overflow_error);
  CHECK_THROWS_AS(bellman::product(rational(most), rational(2)), std::overflow_error);
  CHECK_THROWS_AS(bellman::product(rational(1, most), rational(1, 2)), std::overflow_error);
  CHECK_THROWS_AS(bellman::quotient(rational(1, most), rational(2)), std::overflow_error);
  CHECK_THROWS_AS(bellman::sum(rational(1, most), rational(1, 2)), std::overflow_error);
}

TEST_CASE("a quotient of integers overflows only where its result does, when common factors cancel") {
  CHECK(true_at_both_times([] {
    return bellman::product(rational(most, 3), rational(3, most)) == 1 &&
           bellman::quotient(rational(most, 2), rational(most, 4)) == 2 &&
           bellman::sum(rational(1, most), rational(1, most)) == rational(2, most) &&
           bellman::difference(rational(most), rational(most)) == 0;
  }));
}

TEST_CASE("an array of scalars is a vector: its sums and multiples are taken element by element") {
  CHECK(true_at_both_times([] {
    std::array const v{rational(1, 2), rational(3)};
    std::array const w{rational(1, 3), rational(-1)};
    return bellman::sum(v, w) == std::array{rational(5, 6), rational(2)} &&
           bellman::difference(v, w) == std::array{rational(1, 6), rational(4)} &&
           bellman::product(rational(2), v) == std::array{rational(1), rational(6)};
  }));
  CHECK_THROWS_AS(bellman::product(rational(2), std::array{rational(1), rational(most)}), std::overflow_error);
}

TEST_CASE("division of a quotient of integers by zero is an error") {
  CHECK_THROWS_AS(bellman::quotient(rational(1), rational(0)), std::domain_error);
  CHECK_THROWS_AS(bellman::quotient(rational(0), rational(0)), std::domain_error);
}

TEST_CASE("an operation on quotients of 32-bit integers is right or an error, never a wrong value") {
  using narrow = boost::rational<int>;
  using wide = boost::rational<boost::multiprecision::cpp_int>;
  std::mt19937_64 random(11);
  auto const widened = [](narrow const& q) { return wide(q.numerator(), q.denominator()); };
  // Small numbers, numbers of every size, and the ends of the range.
  auto const any_integer = [&](bool small) {
    constexpr int largest = std::numeric_limits<int>::max();
    if (small) return std::uniform_int_distribution<int>(-10000, 10000)(random);
    switch (random() % 3) {
      case 0: return largest - static_cast<int>(random() % 4);
      case 1: return -largest - 1 + static_cast<int>(random() % 4);
      default: return std::uniform_int_distribution<int>(-largest - 1, largest)(random) >> (random() % 31);
    }
  };
  auto const any = [&](bool small) {
    int denominator = any_integer(small);
    while (denominator <= 0) denominator = any_integer(small);
    return narrow(any_integer(small), denominator);
  };
  int wrong = 0;
  int errors = 0;
  int refused_though_small = 0;
  auto const check = [&](auto const& operation, narrow const& a, narrow const& b, bool small) {
    try {
      if (widened(operation(a, b)) != operation(widened(a), widened(b))) ++wrong;
    } catch (std::overflow_error const&) {
      ++errors;
      // 10^4 10^4 + 10^4 10^4 fits into 32 bits.
      if (small) ++refused_though_small;
    }
  };
  for (int i = 0; i < 20000; ++i) {
    bool const small = i % 2 == 0;
    narrow const a = any(small);
    narrow const b = any(small);
    check(bellman::sum, a, b, small);
    check(bellman::difference, a, b, small);
    check(bellman::product, a, b, small);
    if (b.numerator() != 0) check(bellman::quotient, a, b, small);
  }
  CHECK(wrong == 0);
  CHECK(errors > 1000);
  CHECK(refused_though_small == 0);
}

TEST_CASE("an integer beside a quotient counts as one") {
  CHECK(true_at_both_times([] {
    rational const half(1, 2);
    return bellman::sum(half, 1) == rational(3, 2) && bellman::difference(1, half) == half &&
           bellman::product(half, 3LL) == rational(3, 2) && bellman::quotient(1, half) == rational(2);
  }));
  CHECK_THROWS_AS(bellman::sum(rational(most), 1), std::overflow_error);
}
