// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/element_at.hpp>

#include <cstddef>
#include <ranges>

namespace bellman::conventions {

namespace detail {

struct number_at_fn {
  template <class X, class = typename internal::a_number_or_a_column<X>::type::yes>
  constexpr auto operator()(X const& x, [[maybe_unused]] std::size_t t) const {
    if constexpr (std::ranges::range<X const>) {
      return std::ranges::range_value_t<X>(internal::element_at(x, t));
    } else {
      return x;
    }
  }
};

struct flag_at_fn {
  template <class Range, class = typename internal::a_column_of_flags<Range>::type::yes>
  constexpr bool operator()(Range const& flags, std::size_t t) const {
    return internal::element_at(flags, t) != std::ranges::range_value_t<Range>(0);
  }
};

}  // namespace detail

/// `number_at(xs, t)`: number t of a column, or x itself where x is one number for all steps.
///
/// *Arguments*: a random-access range of more than t numbers, or a number.
/// *Use*:
///     bellman::conventions::number_at(std::array{1.0, 2.0}, 1) == 2.0 &&
///         bellman::conventions::number_at(0.5, 1) == 0.5
inline constexpr detail::number_at_fn number_at{};

/// `flag_at(flags, t)`: whether flag t is not 0.
///
/// *Arguments*: a random-access range of more than t flags: `bool`, integers or floating-point numbers.
/// *Use*:
///     bellman::conventions::flag_at(std::array{0, 1}, 1)
inline constexpr detail::flag_at_fn flag_at{};

}  // namespace bellman::conventions
