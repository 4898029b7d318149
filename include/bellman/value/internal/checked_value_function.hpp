// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/state.hpp>
#include <bellman/internal/refused.hpp>

#include <concepts>

namespace bellman::internal {

template <class V, class E>
consteval bool check_value_function() {
  if constexpr (!std::invocable<V const&, state_t<E> const&>) {
    static_assert(refused<V, E>, "bellman: the value function cannot be called with the environment's state_type");
  }
  return std::invocable<V const&, state_t<E> const&>;
}

/// Whether `V` can be called with a state of `E`; where it cannot, a `static_assert` says so.
template <class V, class E>
inline constexpr bool checked_value_function = internal::check_value_function<V, E>();

}  // namespace bellman::internal
