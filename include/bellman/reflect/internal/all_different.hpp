// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

namespace bellman::internal {

/// Whether no two of some types are the same.
template <class...>
inline constexpr bool all_different = true;
template <class First, class... Rest>
inline constexpr bool all_different<First, Rest...> = (!std::is_same_v<First, Rest> && ...) && all_different<Rest...>;

}  // namespace bellman::internal
