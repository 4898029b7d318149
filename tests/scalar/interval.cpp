// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/interval.hpp>

#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/maximum.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <type_traits>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::interval;
using bellman::test::same_at_both_times;
using bellman::test::true_at_both_times;
using rational = boost::rational<long long>;
using exact = boost::multiprecision::number<boost::multiprecision::cpp_rational_backend,
                                            boost::multiprecision::et_off>;
using precise = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>, boost::multiprecision::et_off>;

enum class operation { sum, difference, product, quotient };
constexpr std::array operations{operation::sum, operation::difference, operation::product, operation::quotient};

template <class T>
constexpr T apply(operation f, T const& a, T const& b) {
  switch (f) {
    case operation::sum: return a + b;
    case operation::difference: return a - b;
    case operation::product: return a * b;
    default: return a / b;
  }
}

// Finite numbers of every size, small integers and short fractions.
template <class T>
T any_number(std::mt19937_64& random) {
  using bits = std::conditional_t<std::same_as<T, float>, std::uint32_t, std::uint64_t>;
  switch (random() % 4) {
    case 0: {
      T const x = std::bit_cast<T>(static_cast<bits>(random()));
      return std::isfinite(x) ? x : T(1);
    }
    case 1: return static_cast<T>(static_cast<int>(random() % 41) - 20);
    case 2: return static_cast<T>(static_cast<int>(random() % 2001) - 1000) / 128;
    default: {
      T const x = std::uniform_real_distribution<T>(-1, 1)(random);
      return std::ldexp(x, static_cast<int>(random() % 40) - 20);
    }
  }
}

// Whether the result encloses the exact one; where it is tight, no closer bounds exist either.
template <class T>
bool encloses(operation f, T a, T b, bool tight) {
  exact const want = apply(f, exact(a), exact(b));
  auto const got = apply(f, interval<T>(a), interval<T>(b));
  if (exact(got.lower()) > want || exact(got.upper()) < want) return false;
  if (!tight) return true;
  if (got.lower() == got.upper()) return true;
  return std::nextafter(got.lower(), got.upper()) == got.upper() && exact(got.lower()) != want &&
         exact(got.upper()) != want;
}

// What Catch2 would count one by one: the first pair that fails, as text, or nothing.
template <class T>
std::string first_failure(int pairs, bool tight, std::mt19937_64& random, T (*number)(std::mt19937_64&)) {
  for (int i = 0; i < pairs; ++i) {
    T const a = number(random);
    T const b = number(random);
    for (operation const f : operations) {
      if (f == operation::quotient && b == 0) continue;
      try {
        if (!encloses(f, a, b, tight)) {
          using bellman::internal::describe;
          return describe(f) + ": " + describe(a) + ", " + describe(b);
        }
      } catch (std::overflow_error const&) {
        // Then the exact result is at least as large as the largest number.
        exact const size = abs(apply(f, exact(a), exact(b)));
        if (size < exact(std::numeric_limits<T>::max())) return "overflow: " + bellman::internal::describe(f);
      }
    }
  }
  return "";
}

double moderate_number(std::mt19937_64& random) {
  double const x = std::uniform_real_distribution<double>(-1, 1)(random);
  return std::ldexp(x, static_cast<int>(random() % 800) - 400);
}

// A generator that a constant expression can run.
struct xorshift {
  std::uint64_t state = 88172645463325252u;
  constexpr std::uint64_t operator()() {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
  }
};
template <class T>
constexpr auto results_of_random_operations() {
  std::array<T, 400> bounds{};
  xorshift random;
  for (std::size_t i = 0; i < bounds.size(); i += 2) {
    // 53 random bits times 2^-50 ... 2^49, of either sign
    auto const number = [&] {
      auto const digits = static_cast<T>(random() >> (64 - std::numeric_limits<T>::digits));
      auto const exponent = random() % 100;
      T scale = 1;
      for (std::uint64_t k = 0; k < exponent % 50; ++k) scale *= exponent < 50 ? T(0.5) : T(2);
      return interval<T>(random() % 2 == 0 ? digits * scale : -digits * scale);
    };
    auto const a = number();
    auto const b = number();
    auto const r = apply(operations[(i / 2) % 4], a, b);
    bounds[i] = r.lower();
    bounds[i + 1] = r.upper();
  }
  return bounds;
}

}  // namespace

TEST_CASE("an interval is an ordered field by its operations, exact when its bounds are") {
  STATIC_REQUIRE(bellman::ordered_field<interval<float>>);
  STATIC_REQUIRE(bellman::ordered_field<interval<double>>);
  STATIC_REQUIRE(bellman::exact_scalar<interval<rational>>);
  STATIC_REQUIRE(!bellman::exact_scalar<interval<double>>);
  STATIC_REQUIRE(bellman::vector_space_over<bellman::coordinates<interval<double>, 2>>);
}

TEST_CASE("an operation on intervals of float encloses the exact result as tightly as float can") {
  std::mt19937_64 random(1);
  CHECK(first_failure<float>(10000, true, random, any_number<float>) == "");
}

TEST_CASE("an operation on intervals of double encloses the exact result, whatever its size") {
  std::mt19937_64 random(2);
  CHECK(first_failure<double>(10000, false, random, any_number<double>) == "");
}

TEST_CASE("an operation on intervals of double is as tight as double can be between 2^-900 and 2^900") {
  std::mt19937_64 random(3);
  CHECK(first_failure<double>(10000, true, random, moderate_number) == "");
}

TEST_CASE("an operation on wide intervals encloses every result, its ends among them") {
  std::mt19937_64 random(4);
  std::uniform_int_distribution<int> small(-9, 9);
  int checked = 0;
  for (int i = 0; i < 4000; ++i) {
    auto const [a, b] = std::minmax({small(random), small(random)});
    auto const [c, d] = std::minmax({small(random), small(random)});
    interval<double> const x(a, b);
    interval<double> const y(c, d);
    interval<rational> const p(a, b);
    interval<rational> const q(c, d);
    for (operation const f : operations) {
      if (f == operation::quotient && c <= 0 && 0 <= d) continue;
      auto const rounded = apply(f, x, y);
      auto const precisely = apply(f, p, q);
      bool all = true;
      bool reaches_lower = false;
      bool reaches_upper = false;
      for (int u = a; u <= b; ++u) {
        for (int v = c; v <= d; ++v) {
          rational const point = apply(f, rational(u), rational(v));
          all = all && precisely.contains(point);
          reaches_lower = reaches_lower || precisely.lower() == point;
          reaches_upper = reaches_upper || precisely.upper() == point;
        }
      }
      auto const as_exact = [](rational const& r) { return exact(r.numerator()) / exact(r.denominator()); };
      bool const outward = exact(rounded.lower()) <= as_exact(precisely.lower()) &&
                           as_exact(precisely.upper()) <= exact(rounded.upper());
      if (!(all && reaches_lower && reaches_upper && outward)) {
        FAIL(bellman::internal::describe(f) << " of " << x.str() << " and " << y.str());
      }
      ++checked;
    }
  }
  CHECK(checked > 12000);
}

TEST_CASE("an operation on intervals gives the same bounds in a constant expression and at run time") {
  CHECK(same_at_both_times([] { return results_of_random_operations<double>(); }));
  CHECK(same_at_both_times([] { return results_of_random_operations<float>(); }));
  // Factors so large that the exact error of a product of doubles would overflow on the way.
  CHECK(same_at_both_times([] {
    interval<double> const p = interval<double>(1.1e308) * interval<double>(1.3e-200);
    interval<double> const q = interval<double>(1.1e308) / interval<double>(1.3e200);
    return std::array{p.lower(), p.upper(), q.lower(), q.upper()};
  }));
}

TEST_CASE("a result that is exact is not widened") {
  CHECK(true_at_both_times([] {
    using i = interval<double>;
    return i(1) + 2 == i(3) && i(0.5) * 4 == i(2) && i(3) / 4 == i(0.75) && i(5) - 7 == i(-2) &&
           (i(1) / 3).lower() < (i(1) / 3).upper() && i(0) * i(0.1) == i(0) && i(0) / i(3) == i(0);
  }));
  CHECK(true_at_both_times([] {
    using i = interval<rational>;
    return i(1) / 3 * 3 == i(1) && i(rational(1, 3), rational(1, 2)).width() == rational(1, 6);
  }));
}

TEST_CASE("one third and one tenth are enclosed by neighbours") {
  CHECK(true_at_both_times([] {
    auto const third = interval<double>(1) / 3;
    auto const tenth = interval<double>(1) / 10;
    // 1/3 lies above its nearest double, 1/10 below.
    return third == interval<double>(1.0 / 3, 0x1.5555555555556p-2) &&
           tenth == interval<double>(0x1.9999999999999p-4, 0.1) && (third * 3).contains(1.0);
  }));
}

TEST_CASE("a long computation encloses what it computes") {
  // sum of 1/(k (k + 1)) for k = 1 ... n is n / (n + 1); the order of the sum is that of the rounding errors
  CHECK(true_at_both_times([] {
    interval<double> total;
    for (int k = 1; k <= 999; ++k) total += interval<double>(1) / (k * (k + 1));
    return (total * 1000).contains(999.0) && total.width() < 1e-12;
  }));
}

TEST_CASE("one interval is less than another when every number of it is") {
  CHECK(true_at_both_times([] {
    using i = interval<double>;
    return i(1, 2) < i(3, 4) && i(3, 4) > i(1, 2) && !(i(1, 3) < i(3, 4)) && !(i(3, 4) < i(1, 3)) &&
           !(i(1, 3) == i(3, 4)) && i(1, 3) == i(1, 3) && i(1, 3) < 4.0 && 0 < i(1, 3) && !(i(2) < i(1, 3));
  }));
}

TEST_CASE("the maximum of intervals is taken bound by bound, and encloses every maximum") {
  CHECK(true_at_both_times([] {
    using i = interval<double>;
    auto const m = bellman::maximum(i(0, 3), i(1, 2));
    return m == i(1, 3) && bellman::maximum(i(1, 2), i(0, 3)) == m && bellman::maximum(i(0, 1), i(2, 3)) == i(2, 3) &&
           !(i(0, 3) < m) && !(i(1, 2) < m) && i(0, 0.5) < m;
  }));
}

TEST_CASE("exp and log of an interval enclose those of its bounds") {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> between(-740, 709);
  bool all = true;
  for (int i = 0; i < 5000; ++i) {
    double const x = between(random);
    auto const e = bellman::exp(interval<double>(x));
    precise const exact_e = exp(precise(x));
    all = all && precise(e.lower()) <= exact_e && exact_e <= precise(e.upper());
    double const y = std::ldexp(1.0 + between(random) / 1000, static_cast<int>(random() % 2000) - 1000);
    auto const l = bellman::log(interval<double>(y));
    precise const exact_l = log(precise(y));
    all = all && precise(l.lower()) <= exact_l && exact_l <= precise(l.upper());
  }
  CHECK(all);
  CHECK(true_at_both_times([] {
    auto const e = bellman::exp(interval<double>(0, 1));
    auto const tiny = bellman::exp(interval<double>(-1000));
    auto const l = bellman::log(interval<double>(1, 2));
    auto const f = bellman::exp(interval<float>(1));
    return e.lower() < 1.0 && 2.7182818284590452 < e.upper() && e.width() < 1.718281828459047 && tiny.lower() == 0.0 &&
           0.0 < tiny.upper() && l.lower() < 0.0 && 0.6931471805599453 < l.upper() && f.contains(2.7182817f);
  }));
}

TEST_CASE("an integer that the bounds cannot represent is enclosed") {
  CHECK(true_at_both_times([] {
    return interval<double>(9007199254740993) == interval<double>(9007199254740991.0, 9007199254740994.0) &&
           interval<float>(16777217).contains(interval<float>(16777216.0f, 16777218.0f)) &&
           interval<float>(-16777217).contains(interval<float>(-16777218.0f, -16777216.0f)) &&
           interval<double>(9007199254740992) == interval<double>(9007199254740992.0) &&
           interval<float>(3) == interval<float>(3.0f);
  }));
  STATIC_REQUIRE(!std::is_convertible_v<double, interval<float>>);
  STATIC_REQUIRE(std::is_convertible_v<float, interval<double>>);
}

TEST_CASE("what is no interval is refused") {
  using i = interval<double>;
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double inf = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(i(2, 1), bellman::invalid_value);
  CHECK_THROWS_AS(i(nan), bellman::invalid_value);
  CHECK_THROWS_AS(i(0, nan), bellman::invalid_value);
  CHECK_THROWS_AS(i(inf), std::overflow_error);
  CHECK_THROWS_AS(i(-inf, 0), std::overflow_error);
  CHECK_THROWS_AS(interval<rational>(rational(1, 2), rational(1, 3)), bellman::invalid_value);
}

TEST_CASE("division by an interval that contains zero is an error that shows it") {
  using i = interval<double>;
  CHECK_THROWS_AS(i(1) / i(-1, 1), bellman::invalid_value);
  CHECK_THROWS_AS(i(1) / i(0, 1), bellman::invalid_value);
  CHECK_THROWS_AS(i(1) / 0, bellman::invalid_value);
  CHECK_THROWS_AS(interval<rational>(1) / 0, bellman::invalid_value);
  try {
    i(1) / i(-1, 2);
    FAIL("division by [-1, 2] is not refused");
  } catch (bellman::invalid_value const& e) {
    CHECK(std::string(e.what()).find("[-1, 2]") != std::string::npos);
  }
}

TEST_CASE("bounds that leave the range are an error, and no infinity") {
  interval<double> const large(1e308);
  CHECK_THROWS_AS(large * 10, std::overflow_error);
  CHECK_THROWS_AS(large + large, std::overflow_error);
  CHECK_THROWS_AS(-large - large, std::overflow_error);
  CHECK_THROWS_AS(large / 0.01, std::overflow_error);
  CHECK_THROWS_AS(bellman::exp(interval<double>(0, 710)), std::overflow_error);
  CHECK_THROWS_AS(bellman::log(interval<double>(0, 1)), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::log(interval<double>(-1, 1)), bellman::invalid_value);
  CHECK_THROWS_AS(interval<rational>(std::numeric_limits<long long>::max()) + 1, std::overflow_error);
}

TEST_CASE("a product that underflows still encloses the exact one") {
  CHECK(true_at_both_times([] {
    interval<double> const tiny(1e-300);
    auto const p = tiny * tiny;
    auto const n = tiny * -tiny;
    auto const q = tiny / 1e300;
    return p == interval<double>(0, 0x1p-1074) && n == interval<double>(-0x1p-1074, 0) &&
           q == interval<double>(0, 0x1p-1074);
  }));
}

TEST_CASE("an interval as text shows both bounds") {
  CHECK(bellman::internal::describe(interval<rational>(rational(1, 3), rational(1, 2))) == "[1/3, 1/2]");
}
