// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_maximum_needs_an_order {};
struct the_values_of_these_dual_numbers_have_only_a_partial_order {};

}  // namespace refused

namespace detail {

template <class T>
concept has_less = requires(T const& a, T const& b) {
  { a < b } -> std::convertible_to<bool>;
};

// Overlapping values leave open which branch is taken, and with it the derivative.
template <class T>
inline constexpr bool has_values_of_partial_order = false;
template <internal::has_derivatives T>
inline constexpr bool has_values_of_partial_order<T> =
    internal::has_own_maximum<std::remove_cvref_t<decltype(internal::primal(std::declval<T const&>()))>>;

template <class T>
using with_a_maximum =
    internal::every<internal::rule<!internal::text_or_address<T>, refused::these_are_no_numbers>,
                    internal::rule<(internal::has_own_maximum<T> || has_less<T>), refused::a_maximum_needs_an_order>,
                    internal::rule<!has_values_of_partial_order<T>,
                                   refused::the_values_of_these_dual_numbers_have_only_a_partial_order>>;

struct maximum_fn {
  template <class T, class = typename with_a_maximum<T>::type::yes>
  constexpr T operator()(T const& a, T const& b) const {
    if constexpr (internal::has_own_maximum<T>) {
      return scalar_traits<T>::maximum(a, b);
    } else {
      return a < b ? b : a;
    }
  }
};

}  // namespace detail

/// `maximum(a, b)`: `a < b ? b : a`, or what `scalar_traits` says of the type. Of two equal values the first.
///
/// *Arguments*: two values of one type with `<`. For one whose `<` is only a partial order, such as `interval<T>`,
/// `scalar_traits` has a `maximum`; then that of two values may be neither of them.
/// *Errors*: a type without an order does not compile, nor a dual number over one of a partial order.
/// *Laws*: associative and idempotent; commutative where equal values are the same.
/// *Use*:
///     bellman::maximum(2.0, 3.0) == 3.0
inline constexpr detail::maximum_fn maximum{};

}  // namespace bellman
