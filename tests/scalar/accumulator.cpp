// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/accumulator.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <list>
#include <ranges>
#include <sstream>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/sixteen_bits.hpp"

namespace accumulator_test {

using bellman::accumulator;
using bellman::coordinates;
using bellman::dual;
using bellman::interval;
using bellman::rational;
using bellman::sum_of;
using bellman::sum_t;
using bellman::test::brain_float;
using bellman::test::half_float;
using bellman::test::true_at_both_times;

// Wide enough for the exact sum of 10^7 doubles of 53 bits and 40 binary orders.
__extension__ typedef __int128 wide;

// x in units of 2^-scale, of which it is a whole number.
wide in_units(double x, int scale) { return static_cast<wide>(std::ldexp(x, scale)); }
wide size_of(wide x) { return x < 0 ? -x : x; }

// Numbers that differ by a few, or by many, binary orders: `digits` random ones times 2^0 to 2^(orders - 1).
class numbers {
 public:
  numbers(int digits, int orders) : digits_(digits), orders_(orders) {}

  double next() {
    double const mantissa = static_cast<double>(draw() >> (64 - digits_)) * std::ldexp(1.0, -digits_);
    return std::ldexp(mantissa, static_cast<int>(draw() >> 33) % orders_);
  }

 private:
  std::uint64_t draw() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }

  int digits_;
  int orders_;
  std::uint64_t state_ = 88172645463325252u;
};

// How far a sum is off, in units in the last place of the exact one where the signs are one, else of the sum of sizes.
template <class T>
double units_off(T got, wide exact, wide sizes, int scale) {
  double const whole = std::ldexp(static_cast<double>(sizes), -scale);
  double const unit =
      static_cast<double>(std::nextafter(static_cast<T>(whole), std::numeric_limits<T>::infinity())) -
      static_cast<double>(static_cast<T>(whole));
  wide const off = size_of(in_units(static_cast<double>(got), scale) - exact);
  return std::ldexp(static_cast<double>(off), -scale) / unit;
}

template <class T>
double worst(std::size_t n, int orders, bool signs) {
  int const digits = std::numeric_limits<T>::digits;
  int const scale = digits;
  numbers draw(digits, orders);
  accumulator<T> all;
  std::vector<T> in_memory;
  wide exact = 0;
  wide sizes = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double x = draw.next();
    if (signs && i % 2 != 0) x = -x;
    all.add(static_cast<T>(x));
    in_memory.push_back(static_cast<T>(x));
    exact += in_units(x, scale);
    sizes += size_of(in_units(x, scale));
  }
  double const a = units_off(all.value(), exact, sizes, scale);
  double const b = units_off(sum_of(in_memory), exact, sizes, scale);
  return a < b ? b : a;
}

}  // namespace accumulator_test

using namespace accumulator_test;

TEST_CASE("what is rounded away on the way comes back") {
  CHECK(true_at_both_times([] {
    // 1e100 swallows both ones; their sum is 2.
    accumulator<double> all;
    for (double const x : {1.0, 1e100, 1.0, -1e100}) all.add(x);
    return all.value() == 2.0 && all.in_full() == 2.0 && sum_of(std::array{1.0, 1e100, 1.0, -1e100}) == 2.0;
  }));
  CHECK(true_at_both_times([] {
    // 2^24 + 1 + 1 as floats: neither one is seen alone.
    return sum_of(std::array{0x1p24f, 1.0f, 1.0f}) == 16777218.0f;
  }));
}

TEST_CASE("sums are within two units in the last place of the exact one, of either sign of that of the sizes") {
  for (bool const signs : {false, true}) {
    for (int const orders : {1, 30}) {
      CHECK(worst<float>(1000000, orders, signs) <= 2);
      CHECK(worst<double>(1000000, orders, signs) <= 2);
    }
  }
}

TEST_CASE("ten million equal numbers have the sum that they have") {
  // The exact value of 0.1f is 13421773 2^-27; times 10^7 it is no float, and the nearest is 10^6.
  accumulator<float> all;
  accumulator<double> in_double;
  for (int i = 0; i < 10000000; ++i) {
    all.add(0.1f);
    in_double.add(0.1);
  }
  CHECK(all.value() == 1000000.0f);
  CHECK(in_double.value() == 1000000.0);
}

TEST_CASE("the type of a sum is that of its numbers, and it is added up in a wider one where there is one") {
  STATIC_REQUIRE(std::is_same_v<sum_t<float>, double> && std::is_same_v<decltype(sum_of(std::array{1.0f})), float>);
  STATIC_REQUIRE(std::is_same_v<sum_t<double>, double> && std::is_same_v<sum_t<int>, double>);
  STATIC_REQUIRE(std::is_same_v<decltype(sum_of(std::array{1, 2})), double>);
  STATIC_REQUIRE(std::is_same_v<sum_t<rational>, rational> && std::is_same_v<sum_t<interval<float>>, interval<float>>);
  STATIC_REQUIRE(std::is_same_v<sum_t<dual<float, 2>>, dual<double, 2>>);
  STATIC_REQUIRE(std::is_same_v<sum_t<std::array<float, 2>>, std::array<double, 2>>);
  STATIC_REQUIRE(std::is_same_v<sum_t<coordinates<float, 2>>, coordinates<double, 2>>);
  STATIC_REQUIRE(std::is_same_v<sum_t<brain_float>, double> && std::is_same_v<sum_t<half_float>, double>);
}

TEST_CASE("numbers that do not round are added as they are") {
  CHECK(true_at_both_times([] {
    return sum_of(std::array{rational(1, 2), rational(1, 3), rational(1, 6)}) == rational(1) &&
           sum_of(std::array{1, 2, 3}) == 6.0;
  }));
  // The bounds of a sum contain it: a third of 3 times.
  auto const third = interval<double>(1) / 3;
  auto const all = sum_of(std::array{third, third, third});
  CHECK((all.lower() <= 1 && 1 <= all.upper()));
}

TEST_CASE("of duals and vectors each part is added up") {
  CHECK(true_at_both_times([] {
    using d = dual<double>;
    auto const both = sum_of(std::array{d(1.0, {1e100}), d(1e100, {1.0}), d(1.0, {-1e100}), d(-1e100, {1.0})});
    auto const v = sum_of(std::array{std::array{1.0, 2.0}, std::array{1e100, -1e100}, std::array{1.0, 0.0},
                                     std::array{-1e100, 1e100}});
    auto const w = sum_of(std::array{coordinates{1.0, 2.0}, coordinates{1e100, 4.0}, coordinates{-1e100, 0.0}});
    return both.value == 2.0 && both.derivative[0] == 2.0 && v == std::array{2.0, 2.0} && w == coordinates{1.0, 6.0};
  }));
  std::vector const many(1000000, dual<float>(0.1f, {0.2f}));
  CHECK(sum_of(many).value == 100000.0f);
  CHECK(sum_of(many).derivative[0] == 200000.0f);
  std::vector const pairs(1000000, std::array{0.1f, 0.2f});
  CHECK(sum_of(pairs) == std::array{100000.0f, 200000.0f});
}

TEST_CASE("floats of 16 bits are added up in double and rounded to a float") {
  CHECK(sum_of(std::vector<half_float>(4096, half_float(1.0f))) == 4096.0f);
  CHECK(sum_of(std::vector<brain_float>(100001, brain_float(1.0f))) == 100001.0f);
  STATIC_REQUIRE(std::is_same_v<decltype(sum_of(std::vector<brain_float>{})), float>);
}

TEST_CASE("two sums put together are the sum of all, and that of nothing is neutral") {
  CHECK(true_at_both_times([] {
    accumulator<double> a;
    accumulator<double> b;
    a.add(1.0);
    a.add(1e100);
    b.add(1.0);
    b.add(-1e100);
    accumulator<double> const nothing{};
    accumulator<rational> r;
    r.add(rational(1, 2));
    return (a + b).value() == 2.0 && (a + nothing).value() == 1e100 && (nothing + b).value() == -1e100 &&
           nothing.value() == 0.0 && (r + r).value() == rational(1) && (r + accumulator<rational>{}).value() == rational(1, 2);
  }));
}

TEST_CASE("sums that are not finite are what the additions give") {
  double const infinity = std::numeric_limits<double>::infinity();
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const most = (std::numeric_limits<double>::max)();
  CHECK(true_at_both_times([] {
    double const inf = std::numeric_limits<double>::infinity();
    return sum_of(std::array{1.0, inf, 2.0}) == inf && sum_of(std::array{-inf, 2.0, 3.0, 4.0, 5.0}) == -inf &&
           sum_of(std::array{1.0f, std::numeric_limits<float>::infinity()}) == std::numeric_limits<float>::infinity();
  }));
  CHECK(sum_of(std::vector{1.0, infinity, 2.0}) == infinity);
  CHECK(sum_of(std::vector{most, most}) == infinity);
  CHECK(std::isnan(sum_of(std::vector{1.0, nan, 2.0})));
  CHECK(std::isnan(sum_of(std::vector{infinity, -infinity})));
  CHECK(sum_of(std::vector{dual<double>(1.0, {infinity}), dual<double>(2.0, {1.0})}).derivative[0] == infinity);
}

TEST_CASE("ranges of any kind are added up, the empty one to zero") {
  for (int n = 0; n < 10; ++n) {
    std::vector<double> x;
    for (int i = 1; i <= n; ++i) x.push_back(i);
    CHECK(sum_of(x) == n * (n + 1) / 2);
    CHECK(sum_of(std::list<double>(x.begin(), x.end())) == n * (n + 1) / 2);
  }
  std::istringstream text("1.5 2.5 4");
  CHECK(sum_of(std::ranges::subrange(std::istream_iterator<double>(text), std::istream_iterator<double>())) == 8);
  CHECK(sum_of(std::vector<bool>{true, false, true, true, true}) == 4);
  CHECK(sum_of(std::views::iota(1, 101)) == 5050);
  STATIC_REQUIRE(sum_of(std::array<coordinates<double, 2>, 0>{}) == coordinates<double, 2>{});
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(sum_of), double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(sum_of), std::vector<char const*>>);
}
