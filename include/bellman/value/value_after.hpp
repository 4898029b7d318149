// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <type_traits>

namespace bellman {

namespace detail {

template <class V>
struct value_after_fn {
  constexpr V operator()(terminated) const { return scalar_traits<V>::zero(); }

  template <class X>
  constexpr V operator()([[maybe_unused]] truncated<X> const& cut) const {
    if constexpr (std::is_void_v<X>) {
      static_assert(internal::refused<X>,
                    "bellman: a truncated episode needs the value of the state after it: truncated{v}");
      return V{};
    } else {
      return static_cast<V>(cut.value);
    }
  }
};

}  // namespace detail

/// `value_after<V>(ending)`: what comes after the last step of an episode is worth: 0 when it *terminated*, `v` when it
/// was *truncated* with `truncated{v}`.
///
/// *Arguments*: V, the type of values; how the episode ended.
/// *Errors*: a `truncated{}` without a value does not compile.
/// *Use*:
///     bellman::value_after<double>(bellman::truncated{3}) == 3.0
template <class V>
inline constexpr detail::value_after_fn<V> value_after{};

}  // namespace bellman
