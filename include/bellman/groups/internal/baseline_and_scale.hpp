// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/internal/over_batch.hpp>
#include <bellman/groups/internal/scaled_advantage.hpp>
#include <bellman/groups/scale.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>

namespace bellman::internal {

namespace detail {

// The statistics of all groups together, where anything takes them.
struct no_statistics {};
template <bool AreTaken, class Groups>
constexpr auto statistics_of_batch(Groups const& groups) {
  if constexpr (AreTaken) {
    return groups.fold(statistics_of, merged);
  } else {
    return no_statistics{};
  }
}

template <class Baseline, class Scale, class V, class W>
consteval bool check_baseline_and_scale() {
  if constexpr (!baseline_for<Baseline, V, W>) {
    static_assert(refused<Baseline, V, W>,
                  "bellman: a baseline is called with the statistics of a group and a reward, and gives such a number");
  } else if constexpr (!scale_for<Scale, V, W>) {
    static_assert(refused<Scale, V, W>,
                  "bellman: a scale is called with the statistics of a group, and gives a number of the rewards' kind");
  }
  return baseline_for<Baseline, V, W> && scale_for<Scale, V, W>;
}

}  // namespace detail

/// `baseline_and_scale(baseline, scale, groups)`: the function of a group that gives `(reward - baseline) / scale`, of
/// the columns that `statistics_of` takes: rewards, or rewards and weights.
template <class Baseline, class Scale, class Groups>
constexpr auto baseline_and_scale(Baseline const& baseline, Scale const& scale, Groups const& groups) {
  auto const batch = detail::statistics_of_batch<takes_batch<Baseline> || takes_batch<Scale>>(groups);
  return [&baseline, &scale, batch](auto&&... columns) {
    decltype(statistics_of(columns...)) group{};
    if constexpr (!(takes_batch<Baseline> && takes_batch<Scale>)) group = statistics_of(columns...);
    using V = decltype(group.mean);
    if constexpr (detail::check_baseline_and_scale<Baseline, Scale, V, decltype(group.count)>()) {
      V const width = internal::function_of(scale)(internal::statistics_for<Scale>(group, batch));
      return [&baseline, group, batch, width](auto const& reward) {
        V const r = static_cast<V>(reward);
        V const centred = difference(
            r, static_cast<V>(internal::function_of(baseline)(internal::statistics_for<Baseline>(group, batch), r)));
        return internal::scaled_advantage(centred, width);
      };
    } else {
      return [](auto const&) { return V{}; };
    }
  };
}

}  // namespace bellman::internal
