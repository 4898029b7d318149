// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

namespace bellman {

/// What numbers of type X are computed in where integers, which are no field, count as `double`.
template <class X>
using number_t = std::conditional_t<std::integral<X>, double, X>;

namespace detail {

template <class V>
struct as_number_fn {
  template <class X>
  constexpr V operator()(X const& x) const {
    if constexpr (!std::integral<X> || std::is_arithmetic_v<V>) {
      return static_cast<V>(x);
    } else if constexpr (std::constructible_from<V, long long>) {
      return V(static_cast<long long>(x));
    } else {
      return V(static_cast<int>(x));
    }
  }
};

}  // namespace detail

/// `as_number<V>(n)`: a count, or any other number, as a `V`. Every field is made
/// of an `int`; one that is made of nothing wider takes counts up to the largest `int`.
template <class V>
inline constexpr detail::as_number_fn<V> as_number{};

}  // namespace bellman
