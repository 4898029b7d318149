// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// `array_of<N>(at)`, `array_of<N, T>(at)`: the `std::array` of `at(0), at(1), ..., at(N - 1)`, as numbers of type T
/// where it is given. Every element is set as it is made: g++ 12.2 computes wrong constants from an array of a class
/// type that is filled after it was default-initialised.
template <std::size_t N, class T = void, class At>
constexpr auto array_of(At const& at) {
  using element = std::conditional_t<std::is_void_v<T>, decltype(at(std::size_t{0})), T>;
  return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    return std::array<element, N>{at(Index)...};
  }
  (std::make_index_sequence<N>{});
}

/// Whether a type is a `std::array`.
template <class X>
inline constexpr bool is_std_array = false;
template <class T, std::size_t N>
inline constexpr bool is_std_array<std::array<T, N>> = true;

}  // namespace bellman::internal
