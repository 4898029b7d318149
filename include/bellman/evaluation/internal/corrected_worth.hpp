// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/worth_of_first.hpp>
#include <bellman/evaluation/internal/episode_numbers.hpp>

#include <cstddef>

namespace bellman::internal {

/// What the first state of a logged episode is worth by an estimator whose columns end with the episode's ratios, all
/// of which are checked. A ratio of 0 hides what comes after it from the estimator, but no NaN among the rewards.
template <class Estimator, class V, class E, class G, class... Columns>
constexpr V corrected_worth(E const& e, G const& gamma, Columns const&... column) {
  std::size_t const n = internal::length_of(e.rewards);
  internal::check_length("ratios", e.ratios, n);
  for (std::size_t t = n; t-- > 0;) internal::ratio_at<V>(e.ratios, t);
  for (std::size_t t = 0; t < n; ++t) {
    V const reward = internal::number_at_step<V>(e.rewards, t);
    if (!(reward == reward)) return reward;
  }
  return internal::worth_of_first<Estimator, V>(e.rewards, e.ending, gamma, column..., e.ratios);
}

}  // namespace bellman::internal
