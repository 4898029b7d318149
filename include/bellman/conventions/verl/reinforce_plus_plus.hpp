// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/conventions/arrays/padded_rows.hpp>
#include <bellman/conventions/verl/masked_whiten.hpp>
#include <bellman/conventions/verl/mean_of_scores.hpp>
#include <bellman/conventions/verl/outcome.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <utility>
#include <vector>

namespace bellman::conventions::verl {

namespace detail {

template <class Rows, class Masks>
constexpr auto masked(Rows const& rows, Masks const& masks) {
  return padded_rows(masks, [&](std::size_t row, std::size_t t) { return rows[row][t]; });
}

struct reinforce_plus_plus_advantages_fn {
  template <class Rows, class Masks, class G>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, G const& gamma) const {
    using R = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    rows_fit_masks(token_rewards, masks);
    std::vector<std::vector<R>> returns;
    auto mask = std::ranges::begin(masks);
    for (auto const& rewards : token_rewards) {
      std::vector<R> row(rewards.begin(), rewards.end());
      auto const to_go = returns_to_go(rewards,
                                       recorded_steps{internal::nowhere{}, internal::nowhere{}, internal::nowhere{},
                                                      std::views::all(*mask), terminated{}},
                                       gamma);
      for (std::size_t t = 0; t < row.size(); ++t) {
        if (!((*mask)[t] == 0)) row[t] = to_go[t];
      }
      returns.push_back(row);
      ++mask;
    }
    auto advantages = detail::masked(masked_whiten(returns, masks), masks);
    return advantages_and_returns<decltype(returns)>{std::move(advantages), std::move(returns)};
  }
};

struct reinforce_plus_plus_baseline_advantages_fn {
  template <class Rows, class Masks, class Ids>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids) const {
    auto const centred = outcome{group_advantages{mean_of_scores}}(token_rewards, masks, ids);
    return detail::masked(masked_whiten(centred, masks), masks);
  }
};

}  // namespace detail

/// `reinforce_plus_plus_advantages(token_rewards, masks, gamma)`: returns, and their whitened values at the answers'
/// tokens. `compute_reinforce_plus_plus_outcome_advantage`.
///
/// A token that is masked inside an answer lets the return after it pass; verl wipes it out there, with all credit for
/// earlier tokens (its issue 7278). Rows that are only padded are as verl computes them: what it returns for a masked
/// token is that token's own reward.
///
/// *Arguments*: padded rows of token rewards, masks of the answers' tokens, a discount. Gives `{advantages, returns}`.
/// *Errors*: those of `masked_whiten` and `returns_to_go`.
/// *Use*:
///     bellman::conventions::verl::reinforce_plus_plus_advantages(
///         std::vector<std::vector<double>>{{0, 4}, {3, 9}}, std::array{std::array{1, 1}, std::array{1, 0}}, 0.5)
///             .returns == std::vector<std::vector<double>>{{2, 4}, {3, 9}}
inline constexpr detail::reinforce_plus_plus_advantages_fn reinforce_plus_plus_advantages{};

/// `reinforce_plus_plus_baseline_advantages(token_rewards, masks, ids)`: the centred score on tokens, whitened.
/// `compute_reinforce_plus_plus_baseline_outcome_advantage`.
///
/// *Arguments*: forms as in `outcome`.
/// *Errors*: those of `outcome`, `group_advantages` and `masked_whiten`.
/// *Use*:
///     bellman::conventions::verl::reinforce_plus_plus_baseline_advantages(
///         std::vector<std::vector<double>>{{0, 1}, {1, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{0, 0}, {0, 0}}
inline constexpr detail::reinforce_plus_plus_baseline_advantages_fn reinforce_plus_plus_baseline_advantages{};

}  // namespace bellman::conventions::verl
