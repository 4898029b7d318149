// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <concepts>

namespace bellman {

namespace detail {

template <class V>
struct value_after_fn {
  template <class Ending, class = typename internal::an_ending_of<Ending, V>::type::yes>
  constexpr V operator()([[maybe_unused]] Ending const& ending) const {
    if constexpr (std::same_as<Ending, terminated>) {
      return scalar_traits<V>::zero();
    } else {
      return static_cast<V>(ending.value);
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
