// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/column.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/rules.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/layout/steps_of_sequences.hpp>

#include <cstddef>

namespace bellman::internal {

/// `column_of(x, what, n)`: a column for n rewards, a range of as many; for the rewards of several sequences, whose rows
/// stand one after the other, an array of the same shape.
template <class Range>
constexpr auto column_of(Range const& x, char const* what, std::size_t n) {
  if (internal::length_of(x) != n) internal::there_must_be_one_for_each_reward(what, internal::length_of(x), n);
  return column{internal::first_of(x)};
}
template <is_time_major Rows>
constexpr auto column_of(Rows const& x, char const* what, steps_of_sequences const& n) {
  if (x.shape() != n) internal::there_must_be_one_for_each_reward(what, x.shape(), n);
  return column_of_rows{x.begin_of_rows(), x.stride()};
}
/// A range for several sequences: one number for each step, the same in all.
template <class Range>
constexpr auto column_of(Range const& x, char const* what, steps_of_sequences const& n) {
  return internal::column_of(x, what, n.steps);
}

}  // namespace bellman::internal
