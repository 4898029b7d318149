// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/value/value_after.hpp>

#include <concepts>
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
constexpr auto iterators(Range& range) {
  return std::ranges::subrange<std::ranges::iterator_t<Range>, std::ranges::sentinel_t<Range>>(
      std::ranges::begin(range), std::ranges::end(range));
}

/// What a view holds of steps or an ending. A `truncated{}` without a value is refused where the view is made, not
/// where it is read.
template <class Steps>
constexpr auto held_steps(Steps&& steps) {
  if constexpr (std::same_as<std::remove_cvref_t<Steps>, truncated<>>) static_cast<void>(value_after<double>(steps));
  return internal::held(std::forward<Steps>(steps));
}

}  // namespace bellman::internal
