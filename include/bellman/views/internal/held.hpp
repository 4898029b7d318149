// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// What a view holds of an argument: of a range a view of it, of anything else a copy.
template <class T>
constexpr auto held(T&& x) {
  if constexpr (std::ranges::viewable_range<T>) {
    return std::views::all(std::forward<T>(x));
  } else {
    return std::remove_cvref_t<T>(std::forward<T>(x));
  }
}
template <class T>
using held_t = decltype(internal::held(std::declval<T>()));

/// The iterators of a view, which do not care whether it is const.
template <class Range>
using iterators_t = std::ranges::subrange<std::ranges::iterator_t<Range>, std::ranges::sentinel_t<Range>>;
template <class Range>
constexpr auto iterators(Range& range) {
  return iterators_t<Range>(std::ranges::begin(range), std::ranges::end(range));
}

}  // namespace bellman::internal
