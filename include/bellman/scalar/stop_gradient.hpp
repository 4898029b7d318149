// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

namespace bellman {

namespace detail {

struct stop_gradient_fn {
  template <class T>
  constexpr T operator()(T const& x) const {
    if constexpr (internal::has_derivatives<T>) {
      return T((*this)(scalar_traits<T>::value(x)));
    } else {
      return x;
    }
  }
};

}  // namespace detail

/// `stop_gradient(x)`: the value of `x` as a constant: of a dual number the value with all derivatives zero, those of a
/// dual inside of it too; any other number is itself.
///
/// *Laws*: `stop_gradient(f) + g - stop_gradient(g)` has the value of `f` and the derivatives of `g`.
/// *Use*:
///     bellman::stop_gradient(bellman::dual<double>::variable(3.0)).derivative[0] == 0.0
inline constexpr detail::stop_gradient_fn stop_gradient{};

}  // namespace bellman
