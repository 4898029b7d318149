// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/statistics.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>
#include <string>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/sixteen_bits.hpp"

namespace {

using bellman::merged;
using bellman::rational;
using bellman::statistics;
using bellman::statistics_of;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

// 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32
constexpr std::array eight{2, 4, 4, 4, 5, 5, 7, 9};

}  // namespace

TEST_CASE("statistics are the number of values, their mean and the sum of their squared distances from it") {
  CHECK(true_at_both_times([] {
    std::array<rational, 3> const values{rational(1, 2), rational(3, 2), rational(4)};
    return statistics_of(values) == statistics<rational>{3, rational(2), rational(9, 4) + rational(1, 4) + rational(4)};
  }));
  CHECK(true_at_both_times([] {
    auto const s = statistics_of(eight);
    return s.count == 8 && approx_equal(s.mean, 5.0, 1e-15) && approx_equal(s.squares, 32.0, 1e-15);
  }));
  STATIC_REQUIRE(statistics_of(std::views::iota(0, 3)).mean == 1.0);
  STATIC_REQUIRE(statistics_of(std::vector<double>{}) == statistics<double>{0, 0, 0});
}

TEST_CASE("integers and floats are summed up as double, other scalars as they are") {
  STATIC_REQUIRE(std::same_as<decltype(statistics_of(eight)), statistics<double>>);
  STATIC_REQUIRE(std::same_as<decltype(statistics_of(std::array{1.0f})), statistics<double>>);
  STATIC_REQUIRE(std::same_as<decltype(statistics_of(std::array{rational(1)})), statistics<rational>>);
  STATIC_REQUIRE(std::same_as<decltype(statistics_of(std::array{1.0L})), statistics<long double>>);
}

TEMPLATE_TEST_CASE("equal values have exactly their value as mean and no squares, in any precision", "", float, double,
                   long double) {
  std::size_t const n = GENERATE(1u, 2u, 3u, 7u, 8u, 1000u);
  for (TestType const x : {TestType(0.1), TestType(1) / 3, TestType(-1e-30), TestType(1e30), TestType(10005),
                           std::numeric_limits<TestType>::max()}) {
    auto const s = statistics_of(std::vector<TestType>(n, x));
    CHECK(s.count == n);
    CHECK(s.mean == x);
    CHECK(s.squares == 0);
    auto const twice = merged(s, s);
    CHECK(twice.mean == x);
    CHECK(twice.squares == 0);
  }
}

TEST_CASE("a large offset takes nothing from the squares") {
  // 2 (12^2 + 4^2) and 2 (7.5^2 + 2.5^2)
  auto const s = statistics_of(std::array{1e8f, 1e8f + 8, 1e8f + 16, 1e8f + 24});
  CHECK(approx_equal(s.squares, 320.0, 1e-12));
  auto const t = statistics_of(std::array{1e12, 1e12 + 5, 1e12 + 10, 1e12 + 15});
  CHECK(approx_equal(t.squares, 125.0, 1e-12));
}

TEST_CASE("a weight is how often a value counts, and one of 0 does not count at all") {
  CHECK(true_at_both_times([] {
    auto const s = statistics_of(std::array{rational(1), rational(9), rational(4)}, std::array{2, 0, 1});
    // 1, 1, 4: mean 2, squares 1 + 1 + 4
    return s.count == 3 && s.mean == rational(2) && s.squares == rational(6);
  }));
  CHECK(true_at_both_times([] {
    auto const s = statistics_of(std::array{1.0, 4.0}, std::array{0.5, 0.25});
    return s.count == 0.75 && approx_equal(s.mean, 2.0, 1e-15) && approx_equal(s.squares, 1.5, 1e-15);
  }));
  STATIC_REQUIRE(statistics_of(std::array{3.0, 4.0}, std::array{0, 0}).mean == 0.0);
}

TEST_CASE("the mean of dual numbers has the mean of their derivatives") {
  CHECK(true_at_both_times([] {
    using number = bellman::dual<rational>;
    auto const x = number::variable(rational(3));
    auto const s = statistics_of(std::array<number, 2>{x, number(rational(1))});
    // mean (x + 1) / 2, squares (x - 1)^2 / 2
    return s.mean.derivative[0] == rational(1, 2) && s.squares.value == rational(2) &&
           s.squares.derivative[0] == rational(2);
  }));
}

TEST_CASE("a value that is no finite number is an error that names it") {
  double const bad = GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                              -std::numeric_limits<double>::infinity());
  CHECK_THROWS_AS(statistics_of(std::array{0.0, bad}), bellman::invalid_value);
  CHECK_THROWS_AS(statistics_of(std::array{0.0f, static_cast<float>(bad)}), bellman::invalid_value);
  CHECK_THROWS_AS(statistics_of(std::array{0.0, 1.0}, std::array{1.0, bad}), bellman::invalid_value);
  CHECK_THROWS_AS(statistics_of(std::array{0.0, bad}, std::array{1, 1}), bellman::invalid_value);
  try {
    statistics_of(std::array{0.0, 1.0, bad});
    FAIL("not refused");
  } catch (bellman::invalid_value const& e) {
    CHECK(std::string(e.what()).find("value 2 is ") != std::string::npos);
  }
}

TEST_CASE("a dual number whose value is infinite is as little finite as the value, in every header") {
  using number = bellman::dual<double>;
  number const infinite(std::numeric_limits<double>::infinity());
  CHECK_THROWS_AS(statistics_of(std::array<number, 2>{infinite, number(1.0)}), bellman::invalid_value);
  CHECK_THROWS_AS(statistics_of(std::array<number, 1>{number(1.0)}, std::array<number, 1>{infinite}),
                  bellman::invalid_value);
}

TEST_CASE("weights below zero and weights of another length are errors") {
  CHECK_THROWS_AS(statistics_of(std::array{1.0, 2.0}, std::array{1, -1}), bellman::invalid_value);
  CHECK_THROWS_AS(statistics_of(std::array{1.0, 2.0}, std::array{1}), bellman::invalid_value);
  CHECK_THROWS_AS(statistics_of(std::array{1.0, 2.0}, std::array{1, 2, 3}), bellman::invalid_value);
}

TEST_CASE("the mean of a million doubles is right to its last digits") {
  // Whole numbers of units of 2^-53, whose sum is exact in 128 bits.
  __extension__ typedef __int128 wide;
  std::uint64_t state = 88172645463325252u;
  std::vector<double> values;
  wide exact = 0;
  for (int i = 0; i < 1000000; ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    values.push_back(static_cast<double>(state >> 11) * 0x1p-53);
    exact += static_cast<wide>(state >> 11);
  }
  auto const mean = static_cast<double>(static_cast<long double>(exact) / 1e6L * 0x1p-53L);
  CHECK(std::abs(bellman::statistics_of(values).mean - mean) <= 4 * 0x1p-53);

  // sum (x - mean)^2 in long double.
  long double squares = 0;
  for (double const x : values) {
    long double const apart = static_cast<long double>(x) - static_cast<long double>(mean);
    squares += apart * apart;
  }
  CHECK(std::abs(bellman::statistics_of(values).squares / static_cast<double>(squares) - 1) <= 1e-14);

  std::vector<double> const weights(values.size(), 0.3);
  auto const weighed = bellman::statistics_of(values, weights);
  CHECK(std::abs(weighed.mean - mean) <= 4 * 0x1p-53);
  CHECK(std::abs(weighed.count / (0.3 * 1e6) - 1) <= 4 * 0x1p-52);
}

TEST_CASE("numbers of 16 bits have the statistics of these numbers as doubles") {
  using bellman::test::brain_float;
  auto const s = bellman::statistics_of(std::array{brain_float(1.0f), brain_float(3.0f)});
  CHECK(s == bellman::statistics_of(std::array{1.0, 3.0}));
  CHECK(bellman::statistics_of(std::array{brain_float(1.0f), brain_float(3.0f)},
                               std::array{brain_float(3.0f), brain_float(1.0f)}).mean == 1.5);
  CHECK_THROWS_AS(bellman::statistics_of(std::array{brain_float(std::numeric_limits<float>::infinity())}),
                  bellman::invalid_value);
}
