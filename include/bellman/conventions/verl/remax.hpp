// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/masked_rewards_to_go.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <utility>

namespace bellman::conventions::verl {

namespace detail {

[[noreturn]] inline void there_must_be_one_baseline_for_each_row(std::size_t baselines, std::size_t rows) {
  internal::refuse("bellman: " + std::to_string(baselines) + " baselines for " + std::to_string(rows) +
                   " rows; there must be one for each");
}

template <class Machine>
struct remax_advantages_fn {
  template <
      class Rows, class Baselines, class Masks,
      class = typename internal::every<
          internal::random_access_rows_of_numbers<Rows>, internal::a_column_of_numbers<Baselines>,
          internal::rows_made_of_a_column<Rows, Baselines>, internal::random_access_rows_of_flags<Masks>>::type::yes>
  constexpr auto operator()(Rows const& token_rewards, Baselines const& baselines, Masks const& masks) const {
    auto returns = internal::masked_rewards_to_go(token_rewards, masks);
    auto const n = static_cast<std::size_t>(std::ranges::distance(baselines));
    if (n != returns.size()) detail::there_must_be_one_baseline_for_each_row(n, returns.size());
    auto advantages = returns;
    using R = typename decltype(returns)::value_type::value_type;
    for (std::size_t row = 0; row < returns.size(); ++row) {
      for (std::size_t t = 0; t < returns[row].size(); ++t) {
        if (!flag_at(internal::element_at(masks, row), t)) continue;
        advantages[row][t] = difference(returns[row][t], static_cast<R>(internal::element_at(baselines, row)));
      }
    }
    return advantages_and_returns<decltype(returns)>{std::move(advantages), std::move(returns)};
  }
};

}  // namespace detail

/// `remax_advantages(token_rewards, baselines, masks)`: rewards to go, of the tokens that masks keep, and the same less
/// the row's baseline at those tokens; masked positions inside an answer keep their return in both.
/// `compute_remax_outcome_advantage`.
///
/// *Arguments*: padded rows of token rewards, a baseline for each row, masks. Gives `{advantages, returns}`.
/// *Errors*: `invalid_value` for other numbers of rows than masks or baselines.
/// *Use*:
///     bellman::conventions::verl::remax_advantages(
///         std::vector<std::vector<double>>{{0, 4}, {3, 0}}, std::array{1.0, 2.0},
///         std::array{std::array{1, 1}, std::array{1, 0}}).advantages ==
///             std::vector<std::vector<double>>{{3, 3}, {1, 0}}
inline constexpr detail::remax_advantages_fn<internal::this_machine> remax_advantages{};

}  // namespace bellman::conventions::verl
