// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/honest_arithmetic.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <type_traits>

namespace bellman {

namespace refused {

struct a_bound_must_convert_to_the_number_that_it_bounds {};

}  // namespace refused

namespace detail {

template <class T, class Bound>
using a_bound_of = internal::rule<(std::convertible_to<Bound, T> ||
                                   (std::is_arithmetic_v<Bound> && std::constructible_from<T, Bound const&>)),
                                  refused::a_bound_must_convert_to_the_number_that_it_bounds>;

struct clamp_fn {
  template <class T, class L, class H,
            class = typename internal::every<internal::a_number_with_an_order<T>, a_bound_of<T, L>,
                                             a_bound_of<T, H>>::type::yes>
  constexpr T operator()(T const& x, L const& low, H const& high) const {
    T const least = static_cast<T>(low);
    T const most = static_cast<T>(high);
    if (x < least) return least;
    if (most < x) return most;
    return x;
  }
};

}  // namespace detail

/// `clamp(x, low, high)`: `low` below `low`, `high` above `high`, `x` between and at the two.
///
/// A dual number keeps its derivatives between and at the bounds, and has none outside. A NaN stays a NaN.
///
/// *Arguments*: of any ordered field; the bounds are taken in the type of `x`, and `low` must not be above `high`.
/// *Use*:
///     bellman::clamp(1.75, 0.5, 1.5) == 1.5 && bellman::clamp(1.25, 0.5, 1.5) == 1.25
inline constexpr detail::clamp_fn clamp{};

}  // namespace bellman
