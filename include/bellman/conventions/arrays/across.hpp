// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/internal/element_at.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions {

namespace detail {

struct across_fn {
  template <std::ranges::random_access_range Rows>
  constexpr auto operator()(Rows&& rows, std::size_t i) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(rows));
    return computed(n, [begin = in_place(std::forward<Rows>(rows)).begin(), i](std::size_t t) {
      auto const& row = internal::element_at(begin, t);
      return std::ranges::range_value_t<std::ranges::range_value_t<Rows>>(internal::element_at(row, i));
    });
  }
};

}  // namespace detail

/// `across(rows, i)`: number i of every row: the column of environment i where a row is a time step.
///
/// *Arguments*: a random-access range of random-access ranges, that outlives the result; every row has more than i
/// numbers.
/// *Errors*: an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [rows = std::array{std::array{1, 2}, std::array{3, 4}}] {
///       return bellman::conventions::across(rows, 0).back() == 3;
///     }()
inline constexpr detail::across_fn across{};

}  // namespace bellman::conventions
