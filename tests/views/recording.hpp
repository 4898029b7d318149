// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/step.hpp>

#include <array>
#include <cstddef>
#include <random>
#include <vector>

#include "support/random_steps.hpp"

namespace bellman::test {

/// Lengths of recordings around the size of a block, 256, and of a register.
inline constexpr std::array<std::size_t, 16> lengths{0, 1, 2, 3, 7, 8, 9, 100, 255, 256, 257, 264, 512, 513, 700, 1000};

template <class T>
struct recording {
  std::vector<T> rewards;
  std::vector<T> values;
  std::vector<step<T>> steps;
};

/// Small whole numbers over 8, and now and then an end, a cut, a step of somebody else's.
template <class T>
recording<T> random_recording(std::size_t n) {
  std::mt19937 urbg(static_cast<unsigned>(n) + 1);
  auto const draw = [&] { return T(static_cast<int>(urbg() % 64)) / T(8); };
  recording<T> r;
  for (std::size_t t = 0; t < n; ++t) {
    r.rewards.push_back(draw());
    r.values.push_back(draw());
  }
  r.steps = random_steps<T>(n, urbg, draw);
  return r;
}

/// The elements of a view, read one after the other.
template <class View>
auto elements(View view) {
  std::vector<std::ranges::range_value_t<View>> all;
  for (auto&& x : view) all.push_back(x);
  return all;
}

}  // namespace bellman::test
