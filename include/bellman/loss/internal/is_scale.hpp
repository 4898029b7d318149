// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/is_finite.hpp>

namespace bellman::internal {

// Whether a number can be divided by to scale others.
template <class F>
constexpr bool is_scale(F const& scale) {
  return F(0) < scale && is_finite(scale);
}

}  // namespace bellman::internal
