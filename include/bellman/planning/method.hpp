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

/// Solve as the environment allows: directly, but by iteration where that is estimated to take less. That is so for
/// floating-point values, a discount below 1, and more than `largest_elimination` states that lead to each other, when
/// the sweeps that the discount asks for, times the transitions, are fewer than the cube of the number of those states.
struct automatic {
  static constexpr std::size_t largest_elimination = 512;
};

/// How a fixed point is found: `automatic`, `elimination` or `iteration`.
template <class M>
concept solving_method =
    std::same_as<M, automatic> || std::same_as<M, elimination> || std::same_as<M, iteration>;

/// Whether `automatic` solves values of type `V` by iteration.
template <class V, class Table, class F, class Active>
constexpr bool prefers_iteration(Table const& t, state_components const& cs, Active const& active, F const& gamma) {
  if constexpr (std::floating_point<V>) {
    if (!(gamma < F(1))) return false;
    double together = 0;
    for (std::size_t c = 0; c < cs.size(); ++c) {
      double const n = static_cast<double>(cs.size(c));
      if (cs.size(c) > automatic::largest_elimination && is_cyclic(t, cs, c, active)) together += n * n * n;
    }
    double const sweeps = 30.0 / (1.0 - static_cast<double>(gamma));
    return sweeps * static_cast<double>(t.transitions()) < together;
  } else {
    return false;
  }
}

}  // namespace bellman
