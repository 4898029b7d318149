// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <vector>

namespace bellman::internal {

namespace detail {

template <class Range>
inline constexpr bool is_std_array = false;
template <class T, std::size_t N>
inline constexpr bool is_std_array<std::array<T, N>> = true;

}  // namespace detail

/// `one_for_each<V>(steps)`: room for a result of type `V` for each element: a `std::array` for a `std::array`, a
/// `std::vector` for any other range. Every element is set.
template <class V, std::ranges::forward_range Steps>
constexpr auto one_for_each(Steps&& steps) {
  if constexpr (detail::is_std_array<std::remove_cvref_t<Steps>>) {
    return array_of<std::tuple_size_v<std::remove_cvref_t<Steps>>>([](std::size_t) { return V{}; });
  } else {
    return std::vector<V>(static_cast<std::size_t>(std::ranges::distance(steps)), V{});
  }
}

}  // namespace bellman::internal
