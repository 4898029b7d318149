// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// What comes after the last map, where a built-in number, such as the literal 0, takes the maps' type.
template <class Maps, class Last>
using value_of_maps =
    std::conditional_t<std::is_arithmetic_v<Last>,
                       std::remove_cvref_t<decltype(std::declval<std::ranges::range_reference_t<Maps>>().offset)>,
                       Last>;

}  // namespace bellman::internal
