// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::internal {

// Whether a number is 0 or above; a NaN is not.
template <class F>
constexpr bool is_not_negative(F const& x) {
  return F(0) < x || x == F(0);
}

}  // namespace bellman::internal
