// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>

#include <type_traits>

namespace bellman::internal {

// `x A`, where an advantage of 0 hides a ratio that overflowed.
template <class X, class A>
constexpr auto weighed(X const& x, A const& its_advantage) {
  using V = std::remove_cvref_t<decltype(product(x, its_advantage))>;
  if (is_zero(its_advantage)) return V(0);
  return V(product(x, its_advantage));
}

}  // namespace bellman::internal
