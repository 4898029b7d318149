// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/kept_tokens.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/loss/sampled_tokens.hpp>

#include <cstddef>
#include <ranges>

namespace bellman::conventions {

namespace detail {

struct kept_batch_fn {
  template <class LogProbs, class OldLogProbs, class Advantages, class Masks,
            class = typename internal::every<
                internal::placed_rows_of_numbers<LogProbs>, internal::placed_rows_of_numbers<OldLogProbs>,
                internal::placed_rows_of_numbers<Advantages>, internal::placed_rows_of_flags<Masks>>::type::yes>
  constexpr auto operator()(LogProbs&& log_probs, OldLogProbs&& old_log_probs, Advantages&& advantages,
                            Masks&& masks) const {
    std::size_t const n = common_length(masks, log_probs, old_log_probs, advantages);
    auto const sequence = [&log_probs, &old_log_probs, &advantages, &masks](std::size_t i) {
      return sampled_tokens{kept_tokens(internal::element_at(log_probs, i), internal::element_at(masks, i)),
                            kept_tokens(internal::element_at(old_log_probs, i), internal::element_at(masks, i)),
                            kept_tokens(internal::element_at(advantages, i), internal::element_at(masks, i))};
    };
    return std::views::iota(std::size_t{0}, n) | std::views::transform(sequence);
  }
};

}  // namespace detail

/// `kept_batch(log_probs, old_log_probs, advantages, masks)`: a padded batch as a lazy range of `sampled_tokens`, one
/// for each row; a row whose flags are all 0 gives a sequence without tokens.
///
/// *Arguments*: four random-access ranges of rows, which outlive the result.
/// *Errors*: `invalid_value` where there are not as many rows of each, or a row is not as long as its mask; a temporary
/// does not compile.
/// *Cost*: that of going over the masks; nothing is copied.
/// *Use*:
///     [rows = std::vector<std::vector<double>>{{9.0, -1.0}}, masks = std::vector<std::vector<int>>{{0, 1}}] {
///       return *bellman::conventions::kept_batch(rows, rows, rows, masks).front().log_probs.begin() == -1.0;
///     }()
inline constexpr detail::kept_batch_fn kept_batch{};

}  // namespace bellman::conventions
