// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <array>

namespace bellman::models::internal {

/// `either(p, one, other)`: one outcome with probability `p`, the other with the rest. Two such weights sum to one, so
/// that they are only summed where they are refused.
template <class F, class S>
constexpr auto either(F const& p, outcome<F, S> const& one, outcome<F, S> const& other) {
  std::array const points{weighted{one, p}, weighted{other, F(F(1) - p)}};
  if (!bellman::internal::is_in_the_unit_interval(p)) return categorical{points};
  return categorical(bellman::internal::weights_checked{}, points);
}

}  // namespace bellman::models::internal
