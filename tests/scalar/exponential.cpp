// SPDX-License-Identifier: BSL-1.0

#include <bellman/scalar/exponential.hpp>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <type_traits>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include "scalar/special_values.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::test::infinity_of;
using bellman::test::not_a_number_of;
using bellman::test::true_at_both_times;

// 100 bits, twice those of a double: the reference.
using of_100_bits = boost::multiprecision::number<
    boost::multiprecision::cpp_bin_float<100, boost::multiprecision::digit_base_2>, boost::multiprecision::et_off>;

// |computed - exact| in units in the last place of the exact value; subnormal numbers share the last place of the
// smallest normal one.
template <class T>
double error_in_units(T computed, of_100_bits const& exact) {
  using limits = std::numeric_limits<T>;
  if (exact == 0) return computed == 0 ? 0.0 : infinity_of<double>;
  int exponent = boost::multiprecision::ilogb(exact);
  if (exponent < limits::min_exponent - 1) exponent = limits::min_exponent - 1;
  of_100_bits const unit = ldexp(of_100_bits(1), exponent - (limits::digits - 1));
  return static_cast<double>(abs(of_100_bits(computed) - exact) / unit);
}

template <class T, class Function>
double worst_error_of_exp(Function const& f, T low, T high, int points, std::mt19937_64& random) {
  std::uniform_real_distribution<T> between(low, high);
  double worst = 0;
  for (int i = 0; i < points; ++i) {
    T const x = between(random);
    worst = std::max(worst, error_in_units(f(x), exp(of_100_bits(x))));
  }
  return worst;
}

template <class T, class Function>
double worst_error_of_log(Function const& f, T low, T high, int points, std::mt19937_64& random) {
  // Even in the exponent: every power of two is as likely.
  using bits = std::conditional_t<std::is_same_v<T, float>, std::uint32_t, std::uint64_t>;
  std::uniform_int_distribution<bits> between(std::bit_cast<bits>(low), std::bit_cast<bits>(high));
  double worst = 0;
  for (int i = 0; i < points; ++i) {
    T const x = std::bit_cast<T>(between(random));
    of_100_bits const exact = log(of_100_bits(x));
    worst = std::max(worst, error_in_units(f(x), exact));
  }
  return worst;
}

template <class T>
constexpr T smallest = std::numeric_limits<T>::denorm_min();
template <class T>
constexpr T smallest_normal = std::numeric_limits<T>::min();
template <class T>
constexpr T largest = std::numeric_limits<T>::max();

// An error below one unit is within one unit of the correctly rounded value. The largest error in 10^8 points was 0.86.
constexpr double allowed = 0.9;

}  // namespace

TEST_CASE("exp of a constant expression is within one unit of e^x over the range of double") {
  std::mt19937_64 random(20240229);
  auto const f = [](double x) { return bellman::detail::exp_of_a_number::constant(x); };
  CHECK(worst_error_of_exp(f, -708.0, 709.78, 20000, random) < allowed);
  CHECK(worst_error_of_exp(f, -745.13, -708.0, 10000, random) < allowed);  // subnormal results
  CHECK(worst_error_of_exp(f, -1.0, 1.0, 10000, random) < allowed);
  CHECK(worst_error_of_exp(f, -1e-8, 1e-8, 2000, random) < allowed);
  CHECK(worst_error_of_exp(f, 709.0, 709.782712893384, 2000, random) < allowed);
}

TEST_CASE("exp is hardest between two multiples of ln 2, and stays within one unit there") {
  double worst = 0;
  for (int k = -1074; k < 1024; ++k) {
    double const middle = (k + 0.5) * 0.69314718055994530942;
    for (double const x : {middle, std::nextafter(middle, -1e9), std::nextafter(middle, 1e9)}) {
      worst = std::max(worst, error_in_units(bellman::detail::exp_of_a_number::constant(x), exp(of_100_bits(x))));
    }
  }
  CHECK(worst < allowed);
}

TEST_CASE("log of a constant expression is within one unit of the logarithm over the range of double") {
  std::mt19937_64 random(20240301);
  auto const f = [](double x) { return bellman::detail::log_of_a_number::constant(x); };
  CHECK(worst_error_of_log(f, smallest_normal<double>, largest<double>, 20000, random) < allowed);
  CHECK(worst_error_of_log(f, smallest<double>, smallest_normal<double>, 5000, random) < allowed);
  CHECK(worst_error_of_log(f, 0.5, 2.0, 20000, random) < allowed);
  CHECK(worst_error_of_log(f, 1.0, 1.0 + 1e-7, 5000, random) < allowed);
  CHECK(worst_error_of_log(f, 1.0 - 1e-7, 1.0, 5000, random) < allowed);
  // Where the mantissa changes its exponent.
  CHECK(worst_error_of_log(f, 1.414213562, 1.414213563, 2000, random) < allowed);
  CHECK(worst_error_of_log(f, 0.707106781, 0.707106782, 2000, random) < allowed);
}

TEST_CASE("exp and log of a float in a constant expression are within one unit") {
  std::mt19937_64 random(20240302);
  auto const e = [](float x) { return bellman::detail::exp_of_a_number::constant(x); };
  auto const l = [](float x) { return bellman::detail::log_of_a_number::constant(x); };
  CHECK(worst_error_of_exp(e, -87.0f, 88.72f, 10000, random) < allowed);
  CHECK(worst_error_of_exp(e, -103.9f, -87.0f, 5000, random) < allowed);
  CHECK(worst_error_of_log(l, smallest_normal<float>, largest<float>, 10000, random) < allowed);
  CHECK(worst_error_of_log(l, smallest<float>, smallest_normal<float>, 5000, random) < allowed);
  CHECK(worst_error_of_log(l, 0.9f, 1.1f, 5000, random) < allowed);
}

TEST_CASE("exp and log at run time are within two units") {
  std::mt19937_64 random(20240303);
  CHECK(worst_error_of_exp(bellman::exp, -745.13, 709.78, 5000, random) < 2.0);
  CHECK(worst_error_of_log(bellman::log, smallest<double>, largest<double>, 5000, random) < 2.0);
  CHECK(worst_error_of_exp(bellman::exp, -103.9f, 88.72f, 5000, random) < 2.0);
  CHECK(worst_error_of_log(bellman::log, smallest<float>, largest<float>, 5000, random) < 2.0);
}

TEST_CASE("a constant expression computes the values that the tests above measure at run time") {
  static constexpr std::array points{-745.0, -710.5, -100.25, -1.0, -1e-3, 0.0, 1e-9, 0.5, 1.0, 10.0, 709.5};
  static constexpr auto constants = [] {
    std::array<double, 2 * points.size()> values{};
    for (std::size_t i = 0; i < points.size(); ++i) {
      values[2 * i] = bellman::exp(points[i]);
      values[2 * i + 1] = bellman::log(points[i] + 746.0);
    }
    return values;
  }();
  for (std::size_t i = 0; i < points.size(); ++i) {
    CHECK(error_in_units(constants[2 * i], exp(of_100_bits(points[i]))) < allowed);
    CHECK(error_in_units(constants[2 * i + 1], log(of_100_bits(points[i] + 746.0))) < allowed);
  }
}

TEST_CASE("exp is exact at zero, infinite above its range and zero below") {
  CHECK(true_at_both_times([] {
    return bellman::exp(0.0) == 1.0 && bellman::exp(-0.0) == 1.0 && bellman::exp(0.0f) == 1.0f;
  }));
  CHECK(true_at_both_times([] {
    return bellman::exp(infinity_of<double>) == infinity_of<double> && bellman::exp(-infinity_of<double>) == 0.0 &&
           bellman::exp(1e300) == infinity_of<double> && bellman::exp(-1e300) == 0.0;
  }));
  // ln of the largest double is 709.78271289338399678...
  CHECK(true_at_both_times([] {
    return bellman::exp(709.7827128933839) < infinity_of<double> &&
           bellman::exp(709.7827128933841) == infinity_of<double>;
  }));
  // Half of the smallest double is e^-745.13321910194110842...
  CHECK(true_at_both_times([] {
    return bellman::exp(-745.1332191019411) == smallest<double> && bellman::exp(-745.1332191019413) == 0.0;
  }));
  CHECK(true_at_both_times([] {
    return bellman::exp(infinity_of<float>) == infinity_of<float> && bellman::exp(-infinity_of<float>) == 0.0f &&
           bellman::exp(88.7228f) < infinity_of<float> && bellman::exp(88.7229f) == infinity_of<float> &&
           bellman::exp(-103.97f) == smallest<float> && bellman::exp(-103.98f) == 0.0f;
  }));
}

TEST_CASE("log is exact at one and minus infinity at zero") {
  CHECK(true_at_both_times([] { return bellman::log(1.0) == 0.0 && bellman::log(1.0f) == 0.0f; }));
  CHECK(true_at_both_times([] {
    return bellman::log(0.0) == -infinity_of<double> && bellman::log(-0.0) == -infinity_of<double> &&
           bellman::log(0.0f) == -infinity_of<float>;
  }));
  CHECK(true_at_both_times([] {
    return bellman::log(infinity_of<double>) == infinity_of<double> &&
           bellman::log(infinity_of<float>) == infinity_of<float>;
  }));
}

TEST_CASE("a NaN goes through exp and log as it is") {
  CHECK(true_at_both_times([] {
    double const e = bellman::exp(not_a_number_of<double>);
    double const l = bellman::log(not_a_number_of<double>);
    float const f = bellman::exp(not_a_number_of<float>);
    return e != e && l != l && f != f;
  }));
}

TEST_CASE("the logarithm of a negative number is an error that names it") {
  double const x = GENERATE(-1.0, -0x1p-1074, -std::numeric_limits<double>::infinity());
  CHECK_THROWS_AS(bellman::log(x), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::log(static_cast<float>(x) - 1.0f), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::detail::log_of_a_number::constant(x), bellman::invalid_value);
  try {
    bellman::log(-2.5);
    FAIL("log(-2.5) is not refused");
  } catch (bellman::invalid_value const& e) {
    CHECK(std::string(e.what()).find("-2.5") != std::string::npos);
  }
}

TEST_CASE("other types are found by their own exp and log") {
  of_100_bits const two(2);
  CHECK(bellman::exp(two) == exp(two));
  CHECK(bellman::log(two) == log(two));
  CHECK(std::abs(static_cast<double>(bellman::exp(1.0L)) - 2.718281828459045) < 1e-15);
}

namespace {

// Half of clang's budget of 2^20 steps at the most.
constexpr double sum_of_many(int n) {
  double total = 0;
  for (int i = 0; i < n; ++i) total += bellman::exp(-static_cast<double>(i)) + bellman::log(1.0 + i);
  return total;
}

}  // namespace

TEST_CASE("eight thousand exponentials and logarithms fit into one constant expression") {
  // sum e^-i = e / (e - 1) and sum log(1 + i) = log(8000!)
  STATIC_REQUIRE(sum_of_many(8000) > 63904.0);
  double const expected = 1.5819767068693265 + std::lgamma(8001.0);
  CHECK(std::abs(sum_of_many(8000) - expected) < 1e-10 * expected);
}
