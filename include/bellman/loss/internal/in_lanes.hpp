// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/register_width.hpp>
#include <bellman/scalar/selection.hpp>

#include <cstddef>

namespace bellman::internal {

/// Whether a surrogate has `in_lanes<Lane>(ratio, advantage)`, its formula without a branch and without a look at the
/// types, of packs of `Lane`.
template <class Surrogate>
inline constexpr bool is_computed_in_lanes = false;

/// Whether the ratio of a token is the exponential of its log-ratio, and nothing else.
template <class Ratio>
inline constexpr bool is_exponential_of_log_ratio = false;

/// How many tokens are computed with at once, in numbers T: as many as a register holds, be it two.
template <class T>
inline constexpr std::size_t tokens_at_once = register_width<T> == 1 && fits_a_register<T, 2> ? 2 : register_width<T>;

// `clamp(x, least, most)`, lane by lane where there are several; constants are rounded to the numbers of a lane.
template <class Lane, class X, class F>
[[gnu::always_inline]] constexpr X clamped(X const& x, F const& low, F const& high) {
  X const least(static_cast<Lane>(low));
  X const most(static_cast<Lane>(high));
  return bellman::select(bellman::less(x, least), least, bellman::select(bellman::less(most, x), most, x));
}

}  // namespace bellman::internal
