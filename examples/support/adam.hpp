// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/accumulator.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace support {

/// Adam, Kingma and Ba 2015, of a gradient that is first scaled down to a norm of `longest` where it is longer. What it
/// remembers is open, so that it can be written to a file.
struct adam {
  double rate;
  double longest;
  double beta2 = 0.999;
  float epsilon = 1e-8f;
  std::vector<float> mean{}, square{};
  std::uint64_t steps = 0;

  void step(std::span<float> parameters, std::span<float const> gradient) {
    if (steps++ == 0) {
      mean.assign(parameters.size(), 0.0f);
      square = mean;
    }
    bellman::accumulator<float> squares;
    for (float const g : gradient) squares.add(double{g} * g);
    double const norm = std::sqrt(squares.in_full());
    float const scale = norm > longest ? static_cast<float>(longest / norm) : 1.0f;
    auto const n = static_cast<double>(steps);
    auto const by = static_cast<float>(rate / (1 - std::pow(0.9, n)));
    auto const unbiased = static_cast<float>(1 / (1 - std::pow(beta2, n)));
    auto const share = static_cast<float>(1 - beta2);
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      float const g = gradient[k] * scale;
      mean[k] += 0.1f * (g - mean[k]);
      square[k] += share * (g * g - square[k]);
      parameters[k] -= by * mean[k] / (std::sqrt(square[k] * unbiased) + epsilon);
    }
  }
};

}  // namespace support
