// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "model.hpp"
#include "tokenizer.hpp"

#include <bellman/bellman.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What stands in where there is no trained model.
namespace story_model {

/// Weights drawn so that numbers keep their size from layer to layer; the norms' are 1.
template <class Number, class G>
model<Number> random_model(shape const& s, G& urbg) {
  parameters const where(s);
  std::vector<Number> weights(where.size(), Number(1));
  where.for_each_matrix([&](matrix const& m) {
    double const width = std::sqrt(3.0 / static_cast<double>(m.inputs));
    for (std::size_t k = 0; k < m.size(); ++k) {
      auto const draw = static_cast<double>(urbg() - (G::min)()) / static_cast<double>((G::max)() - (G::min)());
      weights[m.at + k] = Number(width * (2 * draw - 1));
    }
  });
  return model<Number>(s, std::move(weights));
}

}  // namespace story_model
