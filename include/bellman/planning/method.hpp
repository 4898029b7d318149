// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/components.hpp>

#include <concepts>
#include <cstddef>

namespace bellman {

/// Solve by sweeps of the operator until every value is certain to be within `tolerance` of the fixed point.
struct iteration {
  double tolerance = 1e-9;
};

/// Solve directly: one backward sweep where nothing comes back, elimination of the unknowns where something does.
/// Exact in exact scalars.
struct elimination {};

/// Solve as the environment allows: directly, but for floating-point values by iteration when more than
/// `largest_elimination` states lead to each other.
struct automatic {
  static constexpr std::size_t largest_elimination = 512;
};

/// How a fixed point is found: `automatic`, `elimination` or `iteration`.
template <class M>
concept solving_method =
    std::same_as<M, automatic> || std::same_as<M, elimination> || std::same_as<M, iteration>;

/// Whether `automatic` solves values of type `V` by iteration.
template <class V, class Table, class Active>
constexpr bool prefers_iteration(Table const& t, state_components const& cs, Active const& active, bool discounted) {
  if constexpr (std::floating_point<V>) {
    if (!discounted) return false;
    for (std::size_t c = 0; c < cs.size(); ++c) {
      if (cs.size(c) > automatic::largest_elimination && is_cyclic(t, cs, c, active)) return true;
    }
  }
  return false;
}

}  // namespace bellman
