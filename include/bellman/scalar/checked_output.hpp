// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

#include <concepts>
#include <iterator>

namespace bellman {

namespace detail {

template <class Out, class V>
consteval bool check_output() {
  if constexpr (std::indirectly_readable<Out> && !std::integral<V>) {
    if constexpr (std::integral<std::iter_value_t<Out>>) {
      static_assert(refused<Out, V>,
                    "bellman: what is computed here is no integer; the output must not be one either");
      return false;
    }
  }
  return true;
}

}  // namespace detail

/// Whether numbers of type V may be written through `Out`: not where the elements are integers and V is none, which
/// would cut them off in silence; a `static_assert` says so. An algorithm that writes into the caller's memory asks it
/// before it writes.
template <class Out, class V>
inline constexpr bool checked_output = detail::check_output<Out, V>();

}  // namespace bellman
