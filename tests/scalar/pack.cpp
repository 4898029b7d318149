// SPDX-License-Identifier: BSL-1.0

// Several numbers at once: each operation is that of the numbers, lane by lane.
#include <bellman/scalar/pack.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <ranges>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::pack;
using bellman::rational;
using bellman::test::true_at_both_times;

constexpr auto as_it_is = [](auto const& x) { return x; };

template <class Pack, class T, std::size_t N>
constexpr bool holds(Pack const& x, std::array<T, N> const& lanes) {
  for (std::size_t i = 0; i < N; ++i) {
    if (!(x[i] == lanes[i])) return false;
  }
  return true;
}
template <class Mask, std::size_t N>
constexpr bool is_set(Mask const& m, std::array<bool, N> const& lanes) {
  for (std::size_t i = 0; i < N; ++i) {
    if (static_cast<bool>(m[i]) != lanes[i]) return false;
  }
  return true;
}

// The same for numbers in a register and for others, which have room for it in an array.
template <class T>
constexpr bool lane_by_lane() {
  using four = pack<T, 4>;
  std::array const a{T(1), T(2), T(3), T(4)};
  std::array const b{T(4), T(2), T(8), T(1)};
  four const x = four::gathered(a.begin(), as_it_is);
  four const y = four::gathered(b.begin(), as_it_is);
  auto const m = bellman::less(x, y);
  auto const third = four::gathered_flags(a.begin(), [](T const& k) { return k == T(3); });
  return holds(x + y, std::array{T(5), T(4), T(11), T(5)}) && holds(x - y, std::array{T(-3), T(0), T(-5), T(3)}) &&
         holds(x * y, std::array{T(4), T(4), T(24), T(4)}) &&
         holds(x / y, std::array{T(T(1) / T(4)), T(1), T(T(3) / T(8)), T(4)}) &&
         holds(x + T(1), std::array{T(2), T(3), T(4), T(5)}) && holds(T(2) * x, std::array{T(2), T(4), T(6), T(8)}) &&
         holds(four(T(7)), std::array{T(7), T(7), T(7), T(7)}) && holds(four(), std::array{T(0), T(0), T(0), T(0)}) &&
         is_set(m, std::array{true, false, true, false}) && is_set(third, std::array{false, false, true, false}) &&
         holds(bellman::select(m, x, y), std::array{T(1), T(2), T(3), T(1)}) &&
         is_set(bellman::both(m, third), std::array{false, false, true, false}) &&
         is_set(bellman::either(m, third), std::array{true, false, true, false}) &&
         is_set(bellman::negation(m), std::array{false, true, false, true}) &&
         holds(four::template shifted<1>(x, y), std::array{T(2), T(3), T(4), T(4)}) &&
         holds(four::template shifted<2>(x, y), std::array{T(3), T(4), T(4), T(2)}) &&
         holds(four::template middles<1>(x, y), std::array{x[1], y[1], x[3], y[3]}) &&
         holds(four::template middles<2>(x, y), std::array{x[2], x[2], y[2], y[3]}) &&
         holds(four::template shifted<3>(x, y), std::array{T(4), T(4), T(2), T(8)});
}

// Loaded from and stored to adjacent numbers of another type, at any place.
template <class T, std::size_t Width, class E>
bool is_converted() {
  using some = pack<T, Width>;
  std::vector<E> const numbers{E(9), E(0), E(3), E(1), E(0), E(9)};
  std::vector<E> out(6, E(7));
  std::vector<E> expected(6, E(7));
  some const x = some::loaded(numbers.begin() + 1);
  x.store(out.begin() + 1);
  auto const flags = some::flags(numbers.data() + 1);
  for (std::size_t i = 0; i < Width; ++i) {
    E const number = numbers[i + 1];
    if (x[i] != static_cast<T>(number) || static_cast<bool>(flags[i]) != (number != E(0))) return false;
    expected[i + 1] = number;
  }
  return out == expected;
}

}  // namespace

TEST_CASE("a pack computes lane by lane") {
  CHECK(lane_by_lane<float>());
  CHECK(lane_by_lane<double>());  // in a register of 32 bytes if there is one
  CHECK(true_at_both_times([] { return lane_by_lane<rational>(); }));
  CHECK(true_at_both_times([] { return lane_by_lane<long double>(); }));
}

TEST_CASE("adjacent numbers of any built-in type are loaded and stored at any place") {
  CHECK((is_converted<float, 4, float>()));
  CHECK((is_converted<float, 4, double>()));
  CHECK((is_converted<float, 4, long long>()));
  CHECK((is_converted<float, 4, unsigned char>()));
  CHECK((is_converted<double, 2, double>()));
  CHECK((is_converted<double, 2, float>()));
  CHECK((is_converted<double, 2, int>()));
  bool const flags[]{true, false, true, true, false};
  CHECK(is_set(pack<float, 4>::flags(flags), std::array{true, false, true, true}));
  CHECK(is_set(pack<double, 2>::flags(flags + 1), std::array{false, true}));
}

TEST_CASE("what does not stand side by side is gathered, and what no register holds is computed one by one") {
  std::vector<bool> const bits{true, false, true, true};
  CHECK(is_set(pack<float, 4>::gathered_flags(bits.begin(), [](bool b) { return b; }),
               std::array{true, false, true, true}));
  auto const squares = std::views::iota(1, 9) | std::views::transform([](int i) { return i * i; });
  CHECK(holds(pack<double, 4>::gathered(squares.begin() + 2, as_it_is), std::array{9.0, 16.0, 25.0, 36.0}));
}

TEST_CASE("the exponential of floats in a register is within a unit in the last place") {
  constexpr std::size_t width = bellman::register_width<float>;
  using floats = pack<float, width>;
  float const infinity = std::numeric_limits<float>::infinity();
  double worst = 0;
  // All of the range, from what is 0 to what is infinite, subnormal results included.
  auto const look_at = [&worst](float first, float step) {
    std::array<float, width> x{};
    for (std::size_t i = 0; i < width; ++i) x[i] = first + step * static_cast<float>(i);
    floats const y = bellman::exp(floats::loaded(x.data()));
    for (std::size_t i = 0; i < width; ++i) {
      double const exact = std::exp(static_cast<double>(x[i]));
      int const exponent = exact < 0x1p-126 ? -126 : std::ilogb(exact);
      double const unit = std::ldexp(1.0, exponent - 23);
      double const found = y[i] == std::numeric_limits<float>::infinity() ? 0x1p128 : static_cast<double>(y[i]);
      double const off = exact < 0x1p128 ? std::abs(found - exact) / unit : found == 0x1p128 ? 0 : 1e9;
      if (!(off <= worst)) worst = off;
    }
  };
  for (float x = -110.0f; x < 92.0f; x += 0.0037f) look_at(x, 0.00019f);
  for (float x = 1e-30f; x < 0.5f; x *= 1.07f) {
    look_at(x, x / 64);
    look_at(-x, -x / 64);
  }
  CHECK(worst < 1.0);
  CHECK(worst > 0.5);  // that something was measured
  CHECK(bellman::exp(floats(0.0f))[0] == 1.0f);
  CHECK(bellman::exp(floats(infinity))[0] == infinity);
  CHECK(bellman::exp(floats(-infinity))[0] == 0.0f);
  float const of_nan = bellman::exp(floats(std::numeric_limits<float>::quiet_NaN()))[0];
  CHECK(of_nan != of_nan);
  using doubles = pack<double, 2>;
  CHECK(bellman::exp(doubles(1.5))[1] == bellman::exp(1.5));
}

TEST_CASE("a dual number of packs is several dual numbers") {
  using lanes = pack<double, 2>;
  using number = bellman::dual<lanes>;
  std::array const x{2.0, -1.0};
  std::array const one{1.0, 1.0};
  number const v(lanes::loaded(x.data()), std::array{lanes::loaded(one.data())});
  number const square = v * v;
  CHECK(holds(square.value, std::array{4.0, 1.0}));
  CHECK(holds(square.derivative[0], std::array{4.0, -2.0}));
  number const e = bellman::exp(v);
  CHECK(holds(e.derivative[0], std::array{bellman::exp(2.0), bellman::exp(-1.0)}));
  // At 1.5 the first is bounded, and has no derivative.
  number const bounded = bellman::at_most(number(lanes(1.5)), v);
  CHECK(holds(bounded.value, std::array{1.5, -1.0}));
  CHECK(holds(bounded.derivative[0], std::array{0.0, 1.0}));
  CHECK(holds((-v).derivative[0], std::array{-1.0, -1.0}));
}
