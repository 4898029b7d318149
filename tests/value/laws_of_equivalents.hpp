// SPDX-License-Identifier: BSL-1.0
#pragma once

// The laws of a certainty equivalent: monotone; a constant that is added to all numbers is added to the result; no two
// results are farther apart than the numbers; between the least and the greatest. Exact numbers keep them as they are,
// others within what rounding leaves open.
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cstddef>

namespace bellman::test {

using rational = bellman::rational;

/// Numbers for four outcomes, drawn by a generator of one's own, so that they are the same at both times.
struct numbers_of_four {
  unsigned seed;

  constexpr int next(int low, int high) {
    seed = seed * 1664525u + 1013904223u;
    return low + static_cast<int>((seed >> 16) % static_cast<unsigned>(high - low + 1));
  }
  template <class R>
  constexpr std::array<R, 4> draw(int low, int high) {
    std::array<R, 4> x{};
    for (R& one : x) one = R(next(low, high)) / R(3);
    return x;
  }
};

/// `open`: what rounding may make of a difference that is 0.
template <class R = rational, class Equivalent, class D>
constexpr bool keeps_the_laws(Equivalent const& equivalent, D const& d, R const& open = R(0)) {
  numbers_of_four some{7};
  for (int k = 0; k < 12; ++k) {
    std::array<R, 4> const x = some.draw<R>(-9, 9);
    std::array<R, 4> const more = some.draw<R>(0, 5);
    R const up = R(some.next(1, 7)) / R(2);
    auto const of_x = equivalent(d, [&](std::size_t i) { return x[i]; });
    auto const of_y = equivalent(d, [&](std::size_t i) { return x[i] + more[i]; });
    auto const shifted = equivalent(d, [&](std::size_t i) { return x[i] + up; });
    R far(0);
    R least = x[0];
    R most = x[0];
    for (std::size_t i = 0; i < 4; ++i) {
      if (far < more[i]) far = more[i];
      if (x[i] < least) least = x[i];
      if (most < x[i]) most = x[i];
    }
    if (of_y < of_x - open || far + open < of_y - of_x) return false;
    if (shifted < of_x + up - open || of_x + up + open < shifted) return false;
    if (of_x < least - open || most + open < of_x) return false;
  }
  return true;
}

/// Four outcomes with the probabilities 1/2, 1/4, 1/8 and 1/8.
template <class R = rational>
constexpr auto four_outcomes() {
  using bellman::weighted;
  return std::array{weighted{std::size_t{0}, R(1) / R(2)}, weighted{std::size_t{1}, R(1) / R(4)},
                    weighted{std::size_t{2}, R(1) / R(8)}, weighted{std::size_t{3}, R(1) / R(8)}};
}

}  // namespace bellman::test
