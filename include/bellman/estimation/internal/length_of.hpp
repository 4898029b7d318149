// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <ranges>

namespace bellman::internal {

/// How many steps a range has an element for.
template <class Range>
constexpr std::size_t length_of(Range const& range) {
  if constexpr (requires { range.size(); }) {  // takes the compiler less time than std::ranges
    return static_cast<std::size_t>(range.size());
  } else {
    return static_cast<std::size_t>(std::ranges::distance(range));
  }
}

/// Where a range begins.
template <class Range>
constexpr auto first_of(Range const& range) {
  if constexpr (requires { range.begin(); }) {
    return range.begin();
  } else {
    return std::ranges::begin(range);
  }
}

}  // namespace bellman::internal
