// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>

namespace bellman::internal {

/// `is_finite_and_not_negative(x)`: whether x is finite and 0 or above, of an interval all of it; a NaN is not.
template <class T>
constexpr bool is_finite_and_not_negative(T const& x) {
  return internal::is_not_negative(internal::primal(x)) && is_finite(x);
}

/// `is_finite_and_positive(x)`: whether x is finite and above 0, of an interval all of it, so that one can
/// divide by it; a NaN is not.
template <class T>
constexpr bool is_finite_and_positive(T const& x) {
  return T(0) < x && is_finite(x);
}

}  // namespace bellman::internal
