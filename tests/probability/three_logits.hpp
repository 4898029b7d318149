// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/exponential.hpp>

#include <array>

namespace bellman::test {

/// Logits of probabilities 1/2, 1/3 and 1/6, shifted by some number.
constexpr std::array<double, 3> three_logits(double shift) {
  return {bellman::log(3.0) + shift, bellman::log(2.0) + shift, shift};
}

}  // namespace bellman::test
