// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/running_statistics.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <random>
#include <span>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace running_statistics_tests {

namespace {

using bellman::rational;
using bellman::running_statistics;
using bellman::statistics;
using bellman::statistics_of;
using bellman::test::approx_equal;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

template <class X>
auto one_by_one(std::span<X const> values) {
  running_statistics<X> seen;
  for (X const& x : values) seen.add(x);
  return seen.value();
}

// Two passes: the mean, then the distances from it, which are added up in long double.
statistics<double> in_two_passes(std::vector<double> const& values) {
  long double mean = 0;
  for (double const x : values) mean += static_cast<long double>(x - values[0]);
  mean = mean / static_cast<long double>(values.size()) + static_cast<long double>(values[0]);
  long double squares = 0;
  for (double const x : values) {
    squares += (static_cast<long double>(x) - mean) * (static_cast<long double>(x) - mean);
  }
  return {values.size(), static_cast<double>(mean), static_cast<double>(squares)};
}

// Small numbers far from 0, as a double hardly holds them: a sum of squares less the square of the sum has no digit.
std::vector<double> far_from_zero(std::size_t n) {
  std::mt19937 chance(11);
  std::vector<double> values(n);
  for (double& x : values) x = 1e9 + static_cast<double>(chance()) / 4294967296.0;
  return values;
}

}  // namespace

TEST_CASE("values that come one by one have the statistics of all at once, exactly") {
  CHECK(true_at_both_times([] {
    running_statistics<rational> seen;
    bool const none = seen.value() == statistics<rational>{};
    for (rational const& x : {rational(1, 2), rational(3, 2), rational(4)}) seen.add(x);
    // mean 2, squares 9/4 + 1/4 + 4
    return none && seen.value() == statistics<rational>{3, rational(2), rational(13, 2)};
  }));
  auto const values = far_from_zero(1000);
  CHECK(one_by_one(std::span(values)) == statistics_of(values));
}

TEST_CASE("parts that are merged are the whole, exactly in rationals") {
  CHECK(true_at_both_times([] {
    std::array<rational, 5> const values{rational(1, 2), rational(3, 2), rational(4), rational(-7, 3), rational(1)};
    bool right = true;
    for (std::size_t cut = 0; cut <= 5; ++cut) {
      running_statistics<rational> seen;
      for (std::size_t i = 0; i < cut; ++i) seen.add(values[i]);
      running_statistics<rational> others;
      for (std::size_t i = cut; i < 5; ++i) others.add(values[i]);
      seen.add(others.value());
      right = right && seen.value() == statistics_of(values);
    }
    return right;
  }));
}

TEST_CASE("small differences far from zero are those that two passes find") {
  auto const values = far_from_zero(100'000);
  auto const expected = in_two_passes(values);
  auto const found = one_by_one(std::span(values));
  CHECK(found.count == expected.count);
  CHECK(approx_equal(found.mean, expected.mean, 1e-16));
  CHECK(approx_equal(found.squares, expected.squares, 1e-9));
  CHECK(approx_equal(bellman::standard_deviation{}(found), std::sqrt(expected.squares / 99'999), 1e-9));
  // And of eight workers.
  running_statistics<double> of_all;
  for (std::size_t worker = 0; worker < 8; ++worker) {
    of_all.add(one_by_one(std::span(values).subspan(worker * 12'500, 12'500)));
  }
  CHECK(of_all.value().count == expected.count);
  CHECK(approx_equal(of_all.value().mean, expected.mean, 1e-16));
  CHECK(approx_equal(of_all.value().squares, expected.squares, 1e-9));
}

TEST_CASE("floats and integers are summed up as double") {
  running_statistics<float> floats;
  running_statistics<int> integers;
  for (int i = 0; i < 1000; ++i) {
    floats.add(0.1f);
    integers.add(i % 2);
  }
  STATIC_REQUIRE(std::same_as<decltype(floats.value()), statistics<double>>);
  CHECK(floats.value() == statistics<double>{1000, static_cast<double>(0.1f), 0.0});
  CHECK(integers.value().mean == 0.5);
}

TEST_CASE("what is no finite number is refused, and the statistics stay as they were") {
  running_statistics<double> seen;
  seen.add(3.0);
  seen.add(5.0);
  auto const before = seen.value();
  CHECK(message_of([&] { seen.add(std::numeric_limits<double>::infinity()); }) ==
        "bellman: after 2 values comes inf; it must be a finite number");
  CHECK_THROWS_AS(seen.add(std::numeric_limits<double>::quiet_NaN()), bellman::invalid_value);
  CHECK(seen.value() == before);
}

}  // namespace running_statistics_tests
