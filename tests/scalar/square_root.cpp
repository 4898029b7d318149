// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/square_root.hpp>

#include <bellman/error.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include "scalar/special_values.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::test::infinity_of;
using bellman::test::not_a_number_of;
using bellman::test::true_at_both_times;

// What a constant expression computes, at run time.
constexpr auto constant = [](auto x) { return bellman::detail::sqrt_by_argument::sqrt_of_a_number::constant(x); };

}  // namespace

// IEEE 754 asks of std::sqrt the nearest number.
TEST_CASE("the root of a constant expression is the nearest double") {
  std::mt19937_64 random(20240307);
  std::size_t wrong = 0;
  for (int i = 0; i < 200000; ++i) {
    // Even in the exponent, subnormal numbers included.
    double const x = std::bit_cast<double>(random() % 0x7ff0000000000000u);
    if (constant(x) != std::sqrt(x)) ++wrong;
    // Around squares, where the root is almost a number with 53 bits.
    double const root = 1 + static_cast<double>(random() >> 12) * 0x1p-52;
    for (double const y : {root * root, std::nextafter(root * root, 0.0), std::nextafter(root * root, 9.0)}) {
      if (constant(y) != std::sqrt(y)) ++wrong;
    }
  }
  CHECK(wrong == 0);
  for (double const x : {0x1p-1074, 0x1p-1073, 0x1p-1022, 0x1.fffffffffffffp-1023, 0x1.fffffffffffffp+1023,
                         0x1.fffffffffffffp+0, 0x1.fffffffffffffp+1}) {
    CHECK(constant(x) == std::sqrt(x));
  }
}

TEST_CASE("the root of a constant expression is the nearest float") {
  std::size_t wrong = 0;
  for (std::uint32_t bits = 0; bits < 0x7f800000u; bits += 1009) {
    float const x = std::bit_cast<float>(bits);
    if (constant(x) != std::sqrt(x)) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a root is the same at both times") {
  CHECK(true_at_both_times([] {
    return bellman::sqrt(2.0) == 1.4142135623730951 && bellman::sqrt(9.0) == 3.0 && bellman::sqrt(0.25f) == 0.5f &&
           bellman::sqrt(0x1p-1074) == 0x1p-537 && bellman::sqrt(1e300) == 1e150;
  }));
}

TEST_CASE("roots of zero, infinity and NaN are themselves") {
  CHECK(true_at_both_times([] {
    double const n = bellman::sqrt(not_a_number_of<double>);
    float const f = bellman::sqrt(not_a_number_of<float>);
    return bellman::sqrt(0.0) == 0.0 && bellman::sqrt(infinity_of<double>) == infinity_of<double> &&
           bellman::sqrt(infinity_of<float>) == infinity_of<float> && n != n && f != f;
  }));
  CHECK(true_at_both_times([] { return std::bit_cast<std::uint64_t>(bellman::sqrt(-0.0)) == 0x8000000000000000u; }));
}

TEST_CASE("the root of a negative number is an error that names it") {
  double const x = GENERATE(-1.0, -0x1p-1074, -infinity_of<double>);
  CHECK_THROWS_AS(bellman::sqrt(x), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::sqrt(static_cast<float>(x) - 1.0f), bellman::invalid_value);
  try {
    bellman::sqrt(-2.5);
    FAIL("sqrt(-2.5) is not refused");
  } catch (bellman::invalid_value const& e) {
    CHECK(std::string(e.what()).find("-2.5") != std::string::npos);
  }
}

TEST_CASE("the derivative of a root is that of x to the 1/2") {
  CHECK(true_at_both_times([] {
    auto const y = bellman::sqrt(bellman::dual<double, 2>(16.0, {1.0, -4.0}));
    return y.value == 4.0 && y.derivative == std::array{0.125, -0.5};
  }));
  CHECK(true_at_both_times([] {
    // d^2 sqrt / dx^2 = -1 / (4 x sqrt x)
    using twice = bellman::dual<bellman::dual<double>>;
    auto const y = bellman::sqrt(twice::variable(bellman::dual<double>::variable(4.0)));
    return y.derivative[0].derivative[0] == -1.0 / 32;
  }));
}

TEST_CASE("other types are found by their own sqrt") {
  using precise =
      boost::multiprecision::number<boost::multiprecision::cpp_bin_float<100, boost::multiprecision::digit_base_2>,
                                    boost::multiprecision::et_off>;
  precise const two(2);
  CHECK(bellman::sqrt(two) == sqrt(two));
  CHECK(std::abs(static_cast<double>(bellman::sqrt(2.0L)) - 1.4142135623730951) < 1e-15);
}
