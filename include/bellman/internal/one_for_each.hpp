// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>

#include <cstddef>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <vector>

namespace bellman::internal {

/// `one_for_each<V>(steps)`: room for a result of type `V` for each element: a `std::array` for a `std::array`, a
/// `std::vector` for any other range. Every element is set.
template <class V, std::ranges::forward_range Steps>
constexpr auto one_for_each(Steps&& steps) {
  if constexpr (is_std_array<std::remove_cvref_t<Steps>>) {
    return internal::array_of<std::tuple_size_v<std::remove_cvref_t<Steps>>>([](std::size_t) { return V{}; });
  } else {
    return std::vector<V>(static_cast<std::size_t>(std::ranges::distance(steps)), V{});
  }
}

}  // namespace bellman::internal
