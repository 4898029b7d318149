// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/step.hpp>

#include <cstddef>
#include <vector>

namespace bellman::test {

/// Steps of which now and then one ends, is cut off, or is somebody else's; the last one is cut off. `draw()` is what
/// comes after.
template <class T, class Generator, class Draw>
std::vector<step<T>> random_steps(std::size_t n, Generator& urbg, Draw const& draw) {
  std::vector<step<T>> steps;
  for (std::size_t t = 0; t < n; ++t) {
    switch (urbg() % 12) {
      case 0: steps.push_back(terminated{}); break;
      case 1: steps.push_back(truncated{draw()}); break;
      case 2: steps.push_back(skipped{}); break;
      default: steps.push_back(continues{});
    }
  }
  if (n > 0) steps.back() = truncated{draw()};
  return steps;
}

}  // namespace bellman::test
