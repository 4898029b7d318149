// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>

namespace bellman::conventions {

namespace detail {

struct number_where_own {
  template <class Flag, class T>
  constexpr T operator()(Flag const& is_own, T const& x) const {
    if (is_own == Flag(0)) return T{};
    return x;
  }
};

struct own_or_zero_fn {
  template <class Mask, class Range,
            class = typename internal::every<internal::a_placed_column_of_flags<internal::of_one_t<Mask>>,
                                             internal::a_placed_column<internal::of_one_t<Range>>,
                                             internal::in_one_layout<Mask, Range>>::type::yes>
  constexpr auto operator()(Mask&& own, Range&& x) const {
    return internal::elementwise(number_where_own{}, own, x);
  }
};

}  // namespace detail

/// `own_or_zero(mask, xs)`: `x_t` where the mask is not 0, else 0, whatever stands there.
///
/// *Arguments*: a mask of the policy's own tokens and a column, random-access ranges that outlive the result;
/// or arrays of several sequences in one layout.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [row = std::array{1.5, 2.5}, mask = std::array{0, 1}] {
///       return bellman::conventions::own_or_zero(mask, row)[0] == 0 &&
///              bellman::conventions::own_or_zero(mask, row)[1] == 2.5;
///     }()
inline constexpr detail::own_or_zero_fn own_or_zero{};

}  // namespace bellman::conventions
