// SPDX-License-Identifier: BSL-1.0

// Several numbers at once: each operation is that of the numbers, lane by lane.
#include <bellman/scalar/pack.hpp>

#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
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
