// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/layout/layout.hpp>

#include <ranges>

namespace bellman::conventions {

namespace detail {

struct in_place_fn {
  template <class Range, class = typename internal::a_placed_range<internal::of_one_t<Range>>::type::yes>
  constexpr auto operator()(Range&& x) const {
    if constexpr (layout<Range>) {
      return x;
    } else {
      return std::ranges::subrange(std::ranges::begin(x), std::ranges::end(x));
    }
  }
};

}  // namespace detail

/// `in_place(xs)`: a view of a column where it lies. All columns are of this kind: the array must outlive them.
///
/// *Arguments*: a random-access range, or an array of several sequences, which is such a view.
/// *Errors*: an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     bellman::conventions::in_place(std::string_view("ab")).back() == 'b'
inline constexpr detail::in_place_fn in_place{};

}  // namespace bellman::conventions
