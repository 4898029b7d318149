// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/column.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/rules.hpp>

#include <cstddef>

namespace bellman::internal {

/// `column_of(x, what, n)`: a column for n rewards, a range of as many.
template <class Range>
constexpr auto column_of(Range const& x, char const* what, std::size_t n) {
  if (internal::length_of(x) != n) internal::there_must_be_one_for_each_reward(what, internal::length_of(x), n);
  return column{internal::first_of(x)};
}

}  // namespace bellman::internal
