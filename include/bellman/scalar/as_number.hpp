// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

namespace bellman {

/// `number_t<X>`: what numbers of type X are computed in where integers, which are no field, count as `double`.
///
/// *Use*:
///     std::is_same_v<bellman::number_t<int>, double> && std::is_same_v<bellman::number_t<float>, float>
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

/// `as_number<V>(n)`: a count, or any other number, as a `V`.
///
/// *Arguments*: V is a field. Every field is made of an `int`; one that is made of nothing wider takes counts up to the
/// largest `int`.
/// *Use*:
///     bellman::as_number<boost::rational<long long>>(std::size_t{3}) == boost::rational<long long>(3)
template <class V>
inline constexpr detail::as_number_fn<V> as_number{};

}  // namespace bellman
