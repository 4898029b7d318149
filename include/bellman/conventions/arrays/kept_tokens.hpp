// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/kept_view.hpp>

#include <ranges>

namespace bellman::conventions {

namespace detail {

struct kept_tokens_fn {
  template <std::ranges::forward_range Row, std::ranges::forward_range Mask>
  requires std::ranges::borrowed_range<Row> && std::ranges::borrowed_range<Mask>
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
///     *bellman::conventions::kept_tokens(std::string_view("ab"), std::string_view("\0c", 2)).begin() == 'b'
inline constexpr detail::kept_tokens_fn kept_tokens{};

}  // namespace bellman::conventions
