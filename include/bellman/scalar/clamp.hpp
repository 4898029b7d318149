// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/honest_arithmetic.hpp>

namespace bellman {

namespace detail {

struct clamp_fn {
  template <class T, class L, class H>
  constexpr T operator()(T const& x, L const& low, H const& high) const {
    T const least = static_cast<T>(low);
    T const most = static_cast<T>(high);
    if (x < least) return least;
    if (most < x) return most;
    return x;
  }
};

}  // namespace detail

/// `clamp(x, low, high)`: `low` below `low`, `high` above `high`, `x` between and at the two.
///
/// A dual number keeps its derivatives between and at the bounds, and has none outside. A NaN stays a NaN.
///
/// *Arguments*: of any ordered field; the bounds are taken in the type of `x`, and `low` must not be above `high`.
/// *Use*:
///     bellman::clamp(1.75, 0.5, 1.5) == 1.5 && bellman::clamp(1.25, 0.5, 1.5) == 1.25
inline constexpr detail::clamp_fn clamp{};

}  // namespace bellman
