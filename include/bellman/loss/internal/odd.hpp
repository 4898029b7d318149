// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/is_finite.hpp>

namespace bellman::internal {

// The odd function that is f where x is not below zero: sign(x) f(|x|). Infinity and a NaN stay what they are.
template <class V, class F>
constexpr V odd(V const& x, F const& f) {
  if (!is_finite(x)) return x;
  if (x < V(0)) return -f(V(-x));
  return f(x);
}

}  // namespace bellman::internal
