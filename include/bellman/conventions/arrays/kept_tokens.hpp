// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/kept_view.hpp>
#include <bellman/conventions/internal/requirements.hpp>

#include <ranges>

namespace bellman::conventions {

namespace detail {

struct kept_tokens_fn {
  template <
      class Row, class Mask,
      class = typename internal::every<internal::a_placed_row<Row>, internal::a_placed_row_of_flags<Mask>>::type::yes>
  constexpr auto operator()(Row&& row, Mask&& mask) const {
    common_length(row, mask);
    return kept_view(std::ranges::begin(row), std::ranges::begin(mask), std::ranges::end(mask));
  }
};

}  // namespace detail

/// `kept_tokens(row, mask)`: the elements of a padded row whose flag is not 0, in their order: a lazy view of the
/// caller's memory. The row is never read elsewhere, so that it does not matter what is there.
///
/// *Arguments*: forward ranges that outlive the result.
/// *Errors*: `invalid_value` for two lengths that differ; a temporary does not compile.
/// *Cost*: that of going over the mask; nothing is copied.
/// *Use*:
///     [row = std::array{1.5, 2.5}, mask = std::array{0, 1}] {
///       return *bellman::conventions::kept_tokens(row, mask).begin() == 2.5;
///     }()
inline constexpr detail::kept_tokens_fn kept_tokens{};

}  // namespace bellman::conventions
