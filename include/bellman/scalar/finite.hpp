// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>

namespace bellman {

namespace detail::finite {

// By comparison: the arithmetic of an infinity or a NaN is no constant expression.
struct is_finite_fn {
  template <class T>
  constexpr bool operator()(T const& x) const {
    if constexpr (std::numeric_limits<T>::has_infinity) {
      return -std::numeric_limits<T>::infinity() < x && x < std::numeric_limits<T>::infinity();
    } else if constexpr (requires { x.value; }) {
      return (*this)(x.value);
    } else {
      return x == x;
    }
  }
};

}  // namespace detail::finite

/// `is_finite(x)`: whether a number is neither infinite nor a NaN; of a dual number, whether its value is.
inline constexpr detail::finite::is_finite_fn is_finite{};

}  // namespace bellman
