// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <limits>
#include <ranges>

namespace bellman {

namespace detail::finite {

struct is_finite_fn {
  template <class T, class = typename internal::rule<
                         (internal::number_or_vector<T> || internal::elements_are_numbers_or_vectors<T const>),
                         refused::these_are_neither_numbers_nor_vectors_of_numbers>::type::yes>
  constexpr bool operator()(T const& x) const {
    if constexpr (std::ranges::input_range<T const>) {
      for (auto const& part : x) {
        if (!(*this)(part)) return false;
      }
      return true;
    } else if constexpr (internal::only_stored<T>) {
      return (*this)(internal::as_computed(x));
    } else if constexpr (std::numeric_limits<T>::has_infinity) {
      // By comparison: the arithmetic of an infinity or a NaN is no constant expression.
      return -std::numeric_limits<T>::infinity() < x && x < std::numeric_limits<T>::infinity();
    } else if constexpr (internal::has_derivatives<T>) {
      return (*this)(scalar_traits<T>::value(x));
    } else if constexpr (std::equality_comparable<T>) {
      return x == x;
    } else {
      return true;
    }
  }
};

}  // namespace detail::finite

/// `is_finite(x)`: whether a number is neither infinite nor a NaN; of a dual number, whether its value is, of a vector,
/// whether all its components are.
///
/// *Arguments*: a number or a range of such, of any type; a type without infinities has none, and one without `==` no
/// NaN.
/// *Errors*: none.
/// *Cost*: two comparisons a number.
/// *Use*:
///     bellman::is_finite(1.0) && bellman::is_finite(std::array{1.0f, 2.0f})
inline constexpr detail::finite::is_finite_fn is_finite{};

}  // namespace bellman
