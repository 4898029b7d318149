// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <utility>

namespace bellman::internal {

// Whether a range goes on; one that has no end goes on as long as the others.
template <class It, class S>
constexpr bool goes_on(It const& it, S const& end) {
  if constexpr (std::same_as<S, std::unreachable_sentinel_t>) {
    return false;
  } else {
    return it != end;
  }
}

template <class Unequal, class Function, class It, class S, class... Rest>
constexpr std::size_t walk_in_step(Unequal const& unequal, Function const& f, It it, S const& end, Rest... rest) {
  std::size_t n = 0;
  for (; it != end; ++it, (void(++rest.first), ...), ++n) {
    if ((false || ... || (rest.first == rest.second))) unequal(n);
    f(*it, *rest.first...);
  }
  if ((false || ... || internal::goes_on(rest.first, rest.second))) unequal(n);
  return n;
}

// Calls `f(x, y, ...)` with the first elements of all ranges, then with the second ones, to the end, and returns how
// many there were. Where one range ends before another, `unequal(n)` throws, `n` being the length of the shortest. The
// first has an end.
template <class Unequal, class Function, std::ranges::input_range First, std::ranges::input_range... Rest>
constexpr std::size_t in_step(Unequal const& unequal, Function const& f, First&& first, Rest&&... rest) {
  return internal::walk_in_step(unequal, f, std::ranges::begin(first), std::ranges::end(first),
                                std::pair{std::ranges::begin(rest), std::ranges::end(rest)}...);
}

}  // namespace bellman::internal
