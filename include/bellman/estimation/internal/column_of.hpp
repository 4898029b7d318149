// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/column.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/rules.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>

namespace bellman::internal {

/// `column_of<V>(x, what, n)`: a column of V for n rewards: a range of as many, or one number for all.
template <class V, class T>
constexpr auto column_of(T const& x, char const* what, std::size_t n) {
  if constexpr (std::ranges::random_access_range<T const&> && !std::convertible_to<T const&, V>) {
    if (internal::length_of(x) != n) internal::there_must_be_one_for_each_reward(what, internal::length_of(x), n);
    return column{internal::first_of(x)};
  } else if constexpr (std::ranges::range<T> && !std::convertible_to<T const&, V>) {
    return constant_column<V>{};  // refused where its length was asked for
  } else {
    return constant_column<V>{static_cast<V>(x)};
  }
}

}  // namespace bellman::internal
