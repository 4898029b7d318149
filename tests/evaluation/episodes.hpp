// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/evaluation/logged_episode.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <cstddef>
#include <utility>
#include <vector>

#include "support/rationals.hpp"

namespace bellman::test {

using numbers = std::vector<rational>;

/// Two episodes of different lengths; their products of ratios are 3/4 and 9/25.
constexpr auto two_episodes() {
  return std::vector{logged_episode{numbers{1, 0, 2}, numbers{rational(1, 2), rational(3, 2), 1}},
                     logged_episode{numbers{0, 1}, numbers{rational(9, 5), rational(1, 5)}}};
}

/// Some that were cut off, and of which one ended before its first step.
constexpr auto cut_episodes() {
  auto const cut = [](numbers rewards, numbers ratios, rational after) {
    return logged_episode{std::move(rewards), std::move(ratios), truncated{after}};
  };
  return std::vector{cut({1, 0, 2}, {rational(1, 2), 3, 1}, 0), cut({0, 1}, {2, rational(1, 4)}, 4), cut({3}, {1}, -1),
                     cut({}, {}, 5)};
}

/// sum_i (n d value / d w_i)^2, where w_i is how often episode i stands in the batch, from derivatives instead of the
/// formula of the delta method: a factor on its first ratio is one on all of its weights.
template <class Estimate, class Batch, class G>
constexpr rational squared_influences(Estimate const& estimate, Batch const& batch, G const& gamma) {
  using number = bellman::dual<rational>;
  rational total(0);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    using ending = decltype(batch[0].ending);
    std::vector<logged_episode<numbers, std::vector<number>, ending>> weighed;
    for (std::size_t j = 0; j < batch.size(); ++j) {
      std::vector<number> ratios;
      for (auto const& ratio : batch[j].ratios) ratios.push_back(number(ratio));
      if (i == j) ratios[0] = ratios[0] * number::variable(rational(1));
      weighed.push_back({batch[j].rewards, ratios, batch[j].ending});
    }
    rational const moves =
        estimate(weighed, gamma).value.derivative[0] * rational(static_cast<long long>(batch.size()));
    total += moves * moves;
  }
  return total;
}

}  // namespace bellman::test
