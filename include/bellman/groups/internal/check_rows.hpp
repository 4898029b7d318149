// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/grouping.hpp>
#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman::internal {

namespace detail {

[[noreturn]] inline void there_must_be_one_value_for_each_row(std::size_t values, std::size_t rows) {
  internal::refuse("bellman: " + std::to_string(values) + " values for a grouping of " + std::to_string(rows) +
                   " rows; there must be one for each");
}

}  // namespace detail

/// `check_rows(values, grouping)`: throws `invalid_value` unless there is one value for each row.
template <std::ranges::forward_range Values>
constexpr void check_rows(Values const& values, grouping const& groups) {
  auto const n = static_cast<std::size_t>(std::ranges::distance(values));
  if (n != groups.rows()) detail::there_must_be_one_value_for_each_row(n, groups.rows());
}

}  // namespace bellman::internal
