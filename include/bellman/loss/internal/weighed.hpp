// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/selection.hpp>

#include <type_traits>

namespace bellman::internal {

// `product_of()`, and 0 where an advantage is 0, which hides a ratio that overflowed.
template <class A, class Product>
[[gnu::always_inline]] constexpr auto unless_zero(A const& its_advantage, Product const& product_of) {
  using V = std::remove_cvref_t<decltype(product_of())>;
  if constexpr (has_lanes<A>) {
    return bellman::select(bellman::equal(its_advantage, A{}), V{}, product_of());
  } else {
    if (is_zero(its_advantage)) return V(0);
    return product_of();
  }
}

// `x A`, where an advantage of 0 hides a ratio that overflowed.
template <class X, class A>
constexpr auto weighed(X const& x, A const& its_advantage) {
  using V = std::remove_cvref_t<decltype(product(x, its_advantage))>;
  return internal::unless_zero(its_advantage, [&] { return V(product(x, its_advantage)); });
}

}  // namespace bellman::internal
