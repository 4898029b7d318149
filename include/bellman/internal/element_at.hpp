// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iterator>
#include <ranges>

namespace bellman::internal {

/// `element_at(xs, t)`: element t of a range, or of what begins at an iterator, such as a row of an array of rows.
template <std::random_access_iterator It>
constexpr decltype(auto) element_at(It const& begin, std::size_t t) {
  return begin[static_cast<std::iter_difference_t<It>>(t)];
}
template <std::ranges::random_access_range Range>
constexpr decltype(auto) element_at(Range& range, std::size_t t) {
  return std::ranges::begin(range)[static_cast<std::ranges::range_difference_t<Range>>(t)];
}

}  // namespace bellman::internal
