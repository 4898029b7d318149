// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ranges>

namespace bellman::conventions {

namespace detail {

// Whether the numbers stay where they are when the range that named them has gone: an lvalue, a std::span, a subrange.
template <class Range>
inline constexpr bool stays_in_memory = std::ranges::borrowed_range<Range>;

struct in_place_fn {
  template <std::ranges::random_access_range Range>
  constexpr auto operator()(Range&& x) const {
    static_assert(stays_in_memory<Range>,
                  "bellman: a temporary array is gone before it is read as a column; give it a name, or a view of it");
    return std::ranges::subrange(std::ranges::begin(x), std::ranges::end(x));
  }
};

}  // namespace detail

/// `in_place(xs)`: a view of a column where it lies. All columns are of this kind: the array must outlive them.
///
/// *Arguments*: a random-access range.
/// *Errors*: an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     bellman::conventions::in_place(std::string_view("ab")).back() == 'b'
inline constexpr detail::in_place_fn in_place{};

}  // namespace bellman::conventions
