// SPDX-License-Identifier: BSL-1.0
#pragma once

// The laws of a certainty equivalent, in exact numbers: monotone; a constant that is added to all numbers is added to
// the result; no two results are farther apart than the numbers; between the least and the greatest.
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
  constexpr std::array<rational, 4> draw(int low, int high) {
    return {rational(next(low, high), 3), rational(next(low, high), 3), rational(next(low, high), 3),
            rational(next(low, high), 3)};
  }
};

template <class Equivalent, class D>
constexpr bool keeps_the_laws(Equivalent const& equivalent, D const& d) {
  numbers_of_four some{7};
  for (int k = 0; k < 12; ++k) {
    std::array<rational, 4> const x = some.draw(-9, 9);
    std::array<rational, 4> const more = some.draw(0, 5);
    rational const up(some.next(1, 7), 2);
    auto const of_x = equivalent(d, [&](std::size_t i) { return x[i]; });
    auto const of_y = equivalent(d, [&](std::size_t i) { return x[i] + more[i]; });
    auto const shifted = equivalent(d, [&](std::size_t i) { return x[i] + up; });
    rational far(0);
    rational least = x[0];
    rational most = x[0];
    for (std::size_t i = 0; i < 4; ++i) {
      if (far < more[i]) far = more[i];
      if (x[i] < least) least = x[i];
      if (most < x[i]) most = x[i];
    }
    if (of_y < of_x || far < of_y - of_x || shifted != of_x + up || of_x < least || most < of_x) return false;
  }
  return true;
}

/// Four outcomes with the probabilities 1/2, 1/4, 1/8 and 1/8.
constexpr auto four_outcomes() {
  using bellman::weighted;
  return std::array{weighted{std::size_t{0}, rational(1, 2)}, weighted{std::size_t{1}, rational(1, 4)},
                    weighted{std::size_t{2}, rational(1, 8)}, weighted{std::size_t{3}, rational(1, 8)}};
}

}  // namespace bellman::test
