// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/element_at.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions {

namespace detail {

struct own_or_zero_fn {
  template <class Mask, class Range,
            class = typename internal::every<internal::a_placed_column_of_flags<Mask>,
                                             internal::a_placed_column<Range>>::type::yes>
  constexpr auto operator()(Mask&& own, Range&& x) const {
    std::size_t const n = common_length(own, x);
    return computed(n, [flags = in_place(std::forward<Mask>(own)).begin(),
                        begin = in_place(std::forward<Range>(x)).begin()](std::size_t t) {
      using T = std::ranges::range_value_t<Range>;
      if (internal::element_at(flags, t) == std::ranges::range_value_t<Mask>(0)) return T{};
      return T(internal::element_at(begin, t));
    });
  }
};

}  // namespace detail

/// `own_or_zero(mask, xs)`: `x_t` where the mask is not 0, else 0, whatever stands there.
///
/// *Arguments*: a mask of the policy's own tokens and a column, random-access ranges that outlive the result.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [row = std::array{1.5, 2.5}, mask = std::array{0, 1}] {
///       return bellman::conventions::own_or_zero(mask, row)[0] == 0 &&
///              bellman::conventions::own_or_zero(mask, row)[1] == 2.5;
///     }()
inline constexpr detail::own_or_zero_fn own_or_zero{};

}  // namespace bellman::conventions
