// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <utility>

namespace bellman::internal {

/// `array_of<N>(at)`: the `std::array` of `at(0), at(1), ..., at(N - 1)`, in which every element is set as it is made.
template <std::size_t N, class At>
constexpr auto array_of(At const& at) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<decltype(at(std::size_t{0})), N>{at(I)...};
  }
  (std::make_index_sequence<N>{});
}

}  // namespace bellman::internal
