// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/honest_arithmetic.hpp>
#include <bellman/scalar/internal/requirements.hpp>

namespace bellman {

namespace detail {

struct magnitude_fn {
  template <class T, class = typename internal::a_number_with_an_order<T>::type::yes>
  constexpr T operator()(T const& x) const {
    if (x < T{}) return -x;
    return x;
  }
};

}  // namespace detail

/// `magnitude(x)`: `x` or `-x`, whichever is not below zero.
///
/// *Arguments*: a number of any ordered field.
/// *Use*:
///     bellman::magnitude(-1.5) == 1.5
inline constexpr detail::magnitude_fn magnitude{};

}  // namespace bellman
