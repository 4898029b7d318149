// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/padded_rows.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman::internal {

namespace detail {

[[noreturn]] inline void there_must_be_one_mask_for_each_score(std::size_t scores, std::size_t masks) {
  internal::refuse("bellman: " + std::to_string(scores) + " rows of token rewards and " + std::to_string(masks) +
                   " masks; there must be one for each");
}

}  // namespace detail

/// `on_tokens(scores, masks)`: rows of the shape of the masks, with the score of its answer at each token, else 0.
template <class Scores, class Masks>
constexpr auto on_tokens(Scores const& scores, Masks const& masks) {
  auto const n = static_cast<std::size_t>(std::ranges::distance(scores));
  auto const rows = static_cast<std::size_t>(std::ranges::distance(masks));
  if (rows != n) detail::there_must_be_one_mask_for_each_score(n, rows);
  return conventions::padded_rows(masks, [&](std::size_t row, std::size_t) {
    return std::ranges::range_value_t<Scores>(internal::element_at(scores, row));
  });
}

}  // namespace bellman::internal
