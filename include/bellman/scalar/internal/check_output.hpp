// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refused.hpp>

#include <concepts>
#include <iterator>

namespace bellman::internal {

/// `check_output<Out, V>()`: does not compile where numbers of type V would be cut off in silence when they are written
/// through `Out`: where the elements are integers and V is none. An algorithm that writes into the caller's memory
/// calls it before it writes.
template <class Out, class V>
consteval void check_output() {
  if constexpr (std::indirectly_readable<Out> && !std::integral<V>) {
    if constexpr (std::integral<std::iter_value_t<Out>>) {
      static_assert(refused<Out, V>, "bellman: what is computed here is no integer; the output must not be one either");
    }
  }
}

}  // namespace bellman::internal
