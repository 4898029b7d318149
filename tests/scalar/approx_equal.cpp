// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/approx_equal.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/coordinates.hpp>

#include <array>
#include <limits>
#include <list>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace approx_equal_tests {

using bellman::absolutely_close;
using bellman::approx_equal;
using bellman::must_be_absolutely_close;
using bellman::must_be_approx_equal;
using bellman::rational;
using bellman::test::at_run_time;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double unit = std::numeric_limits<double>::epsilon();

TEST_CASE("two numbers are approximately equal up to a part of the larger one") {
  CHECK(true_at_both_times([] {
    return approx_equal(100.0, 101.0, 0.01) && approx_equal(101.0, 100.0, 0.01) && !approx_equal(100.0, 101.0, 0.009) &&
           approx_equal(100.0, 101.0, 0.00995) && approx_equal(101.0, 100.0, 0.00995) &&
           approx_equal(-100.0, -101.0, 0.01) && !approx_equal(-1.0, 1.0, 0.5) && approx_equal(1e300, 1e300, 0.0);
  }));
  // 1/3 and 2/3 differ by a half of the larger one.
  CHECK(true_at_both_times([] {
    return approx_equal(rational(1, 3), rational(2, 3), rational(1, 2)) &&
           !approx_equal(rational(1, 3), rational(2, 3), rational(499, 1000));
  }));
}

TEST_CASE("near zero numbers are compared by their difference") {
  CHECK(true_at_both_times([] {
    return !approx_equal(0.0, 1e-300, 0.5) && approx_equal(0.0, -0.0, 0.0) && absolutely_close(0.0, 1e-9, 1e-9) &&
           absolutely_close(-1.0, 1.0, 2.0) && !absolutely_close(-1.0, 1.0, 1.9) && absolutely_close(1, 3, 2);
  }));
}

TEST_CASE("an infinity equals itself, and a NaN nothing") {
  CHECK(true_at_both_times([] {
    return approx_equal(infinity, infinity, 0.0) && !approx_equal(infinity, 1.0, 1.0) &&
           !approx_equal(-infinity, infinity, 2.0) && !approx_equal(nan, nan, 1.0) && !approx_equal(1.0, nan, 1.0) &&
           !absolutely_close(nan, 1.0, infinity) && absolutely_close(1.0, 2.0, infinity) &&
           !absolutely_close(1.0, 2.0, nan);
  }));
  CHECK(!approx_equal(1.0, 2.0, nan));
}

TEST_CASE("numbers whose difference is larger than any are compared all the same") {
  CHECK(true_at_both_times([] {
    return !approx_equal(1e308, -1e308, 1.9) && approx_equal(1e308, -1e308, 2.0) && approx_equal(1e308, -1e308, 1e9) &&
           approx_equal(1e308, -1e308, infinity) && !approx_equal(1e308, -1e308, nan) &&
           !approx_equal(1.7e308, -1.0, 0.5) && approx_equal(1.7e308, 0.9e308, 0.5) &&
           !approx_equal(3e38f, -3e38f, 1) && !absolutely_close(1e308, -1e308, 1.7e308) &&
           absolutely_close(1e308, -0.6e308, 1.7e308) && absolutely_close(1e308, -1e308, infinity) &&
           !absolutely_close(1e308, -1e308, nan);
  }));
  CHECK(!approx_equal(at_run_time(1e308), -1e308, 1.9));
  CHECK(message_of([] { must_be_approx_equal(1e308, -1e308, 1.5); }) ==
        "bellman: 1e+308 and -1e+308 must differ by at most 1.5 of the larger");
}

TEST_CASE("a half is compared as the whole is, to the last digit") {
  CHECK(true_at_both_times([] {
    return approx_equal(1 + unit, 1.0, unit) && !approx_equal(2 + 4 * unit, 2.0, unit) &&
           absolutely_close(1 + unit, 1.0, unit) && !absolutely_close(1 + unit, 1.0, unit * (1 - unit)) &&
           !absolutely_close(3.0, 2.0, std::numeric_limits<double>::denorm_min());
  }));
}

TEST_CASE("an integer beside a number is one of its type, and two of them are doubles") {
  CHECK(true_at_both_times([] {
    return approx_equal(1.0, 1, 0) && approx_equal(1, 1.0f, 0.0) && approx_equal(rational(2), 2, 0) &&
           approx_equal(99, 100, 0.01) && !approx_equal(98, 100, 0.01) && approx_equal(1.0f, 1.0, 1e-9) &&
           !approx_equal(0.1f, 0.1, 1e-9);
  }));
}

TEST_CASE("two ranges are compared number by number, and must have as many") {
  CHECK(true_at_both_times([] {
    std::vector<double> const a{1, 2, 4};
    return approx_equal(a, std::array{1, 2, 4}, 0) && approx_equal(a, std::array{1.0, 2.0, 4.01}, 0.01) &&
           !approx_equal(a, std::array{1.0, 2.1, 4.0}, 0.01) && !approx_equal(a, std::array{1.0, 2.0}, 1.0) &&
           !approx_equal(std::array{1.0, 2.0}, a, 1.0) && absolutely_close(a, std::array{2, 1, 5}, 1) &&
           !absolutely_close(a, std::array{2, 1, 6}, 1) && approx_equal(std::views::iota(1, 4), std::array{1, 2, 3}, 0);
  }));
  CHECK(approx_equal(std::list{1.0, 2.0}, bellman::coordinates{1.0, 2.0}, 0.0));
  CHECK(approx_equal(std::vector<float>(), std::array<double, 0>(), 0.0));
}

TEST_CASE("what must be equal is refused with both numbers, their index and the tolerance") {
  CHECK(true_at_both_times([] {
    return must_be_approx_equal(1.0, 1.001, 0.01) && must_be_absolutely_close(0.0, 0.25, 0.25) &&
           must_be_approx_equal(std::array{rational(1, 3)}, std::vector{rational(1, 3)}, 0);
  }));
  CHECK(message_of([] { must_be_approx_equal(1.5, 2.5, 0.25); }) ==
        "bellman: 1.5 and 2.5 must differ by at most 0.25 of the larger");
  CHECK(message_of([] { must_be_absolutely_close(1.5, 2.5, 0.25); }) ==
        "bellman: 1.5 and 2.5 must differ by at most 0.25");
  CHECK(message_of([] { must_be_approx_equal(rational(1, 3), rational(2, 3), rational(1, 4)); }) ==
        "bellman: 1/3 and 2/3 must differ by at most 1/4 of the larger");
  CHECK(message_of([] {
          must_be_approx_equal(std::array{1, 2, 3}, std::vector{1.0, 2.0, 3.5}, 0.125);
        }) == "bellman: at index 2, 3 and 3.5 must differ by at most 0.125 of the larger");
  CHECK(message_of([] {
          must_be_absolutely_close(std::array{0.0, 1.0}, std::array{0.5, 1.0}, 0.25);
        }) == "bellman: at index 0, 0 and 0.5 must differ by at most 0.25");
  CHECK(message_of([] {
          must_be_approx_equal(std::array{1.0, 2.0}, std::array{1.0}, 0.25);
        }) == "bellman: one of two ranges has 1 numbers, the other more; to be compared they must have as many");
  CHECK(message_of([] { must_be_approx_equal(nan, 1.0, 0.25); }).find("nan and 1 must") != std::string::npos);
}

TEST_CASE("numbers are compared with numbers, ranges with ranges") {
  using compares = decltype(approx_equal);
  STATIC_REQUIRE(std::is_invocable_v<compares, std::span<float const>, std::vector<double>, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<compares, double, std::vector<double>, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<compares, std::vector<double>, double, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<compares, double, rational, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<compares, rational, rational, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<compares, std::string, std::string, double>);
}

}  // namespace approx_equal_tests
