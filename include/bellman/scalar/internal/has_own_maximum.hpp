// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

namespace bellman::internal {

// A namespace of its own, so that the lookup by argument sees a type's own `maximum` and nothing else.
namespace maximum_by_argument {

void maximum() = delete;

template <class T>
concept has_own = requires(T const& a, T const& b) {
  { maximum(a, b) } -> std::convertible_to<T>;
};

}  // namespace maximum_by_argument

/// Types with a `maximum` of their own, found by its arguments: those whose `<` is only a partial order.
template <class T>
concept has_own_maximum = maximum_by_argument::has_own<T>;

}  // namespace bellman::internal
