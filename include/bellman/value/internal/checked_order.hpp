// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refused.hpp>
#include <bellman/scalar/field.hpp>

#include <type_traits>

namespace bellman::internal {

template <class V>
consteval bool check_order() {
  if constexpr (!std::is_arithmetic_v<V> && !ordered_field<V>) {
    static_assert(refused<V>,
                  "bellman: the best action needs values with an order: an ordered_field, not a vector of rewards");
  }
  return std::is_arithmetic_v<V> || ordered_field<V>;
}

/// Whether rewards or values of type `V` have an order, so that there is a best action; where they have none, a
/// `static_assert` says so.
template <class V>
inline constexpr bool checked_order = internal::check_order<V>();

}  // namespace bellman::internal
