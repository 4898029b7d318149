// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/internal/refused.hpp>

#include <type_traits>

namespace bellman {

/// `value_after<V>(ending)`: what comes after the last step of an episode is worth: 0 when it *terminated*, `v` when it
/// was *truncated* with `truncated{v}`.
///
/// *Arguments*: V, the type of values; how the episode ended.
/// *Errors*: a `truncated{}` without a value does not compile.
/// *Use*:
///     bellman::value_after<double>(bellman::truncated{3}) == 3.0
template <class V>
constexpr V value_after(terminated) {
  return V{};
}
template <class V, class X>
constexpr V value_after([[maybe_unused]] truncated<X> const& cut) {
  if constexpr (std::is_void_v<X>) {
    static_assert(internal::refused<X>,
                  "bellman: a truncated episode needs the value of the state after it: truncated{v}");
    return V{};
  } else {
    return static_cast<V>(cut.value);
  }
}

}  // namespace bellman
