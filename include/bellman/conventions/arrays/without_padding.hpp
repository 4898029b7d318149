// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions {

namespace detail {

struct without_padding_fn {
  template <
      class Row, class Mask,
      class = typename internal::every<internal::a_placed_range<Row>, internal::a_column_of_flags<Mask>>::type::yes>
  constexpr auto operator()(Row&& row, Mask const& mask) const {
    using D = std::ranges::range_difference_t<Row>;
    auto const begin = in_place(std::forward<Row>(row)).begin();
    std::size_t const n = common_length(row, mask);
    std::size_t first = 0;
    while (first < n && !flag_at(mask, first)) ++first;
    std::size_t last = n;
    while (first < last && !flag_at(mask, last - 1)) --last;
    return std::ranges::subrange(begin + static_cast<D>(first), begin + static_cast<D>(last));
  }
};

}  // namespace detail

/// `without_padding(row, mask)`: the elements of a padded row from the first whose flag is not 0 to the last, a range
/// of its memory: the padding may be at the left, at the right or at both ends. What is masked in between stays, to be
/// *skipped* by `recorded_steps{.own = without_padding(mask, mask), .value_after_last = ...}`. Nothing is read but the mask; a mask
/// of zeros gives an empty range.
///
/// An estimator does not need it, as padding that is skipped does no harm; it makes a padded batch a range of sequences
/// of their own length.
///
/// *Arguments*: a random-access range that outlives the result; a mask.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Cost*: that of going over the padding; nothing is copied.
/// *Use*:
///     bellman::conventions::without_padding(std::string_view("abcd"), std::array{0, 1, 1, 0}).front() == 'b'
inline constexpr detail::without_padding_fn without_padding{};

}  // namespace bellman::conventions
