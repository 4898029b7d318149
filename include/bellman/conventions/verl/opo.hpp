// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/tokens_in_rows.hpp>
#include <bellman/conventions/internal/on_tokens.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/verl/outcome.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/opo.hpp>

#include <cstddef>

namespace bellman::conventions::verl {

namespace detail {

struct opo_advantages_fn {
  template <class Rows, class Masks, class Ids,
            class = typename internal::every<internal::rewards_of_answers<Rows, Masks, Ids>>::type::yes>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids) const {
    grouping const groups(ids);
    auto const scores = outcome_scores(token_rewards);
    auto advantages = bellman::opo(scores, tokens_in_rows(masks), groups);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (groups[g].size() == 1) advantages[groups[g][0]] = scores[groups[g][0]];
    }
    return internal::on_tokens(advantages, masks);
  }
};

}  // namespace detail

/// `opo_advantages(token_rewards, masks, ids)`: the score less the mean weighted by the number of tokens, and the score
/// in a group of one. `compute_opo_outcome_advantage`.
///
/// *Arguments*: forms as in `outcome`.
/// *Errors*: those of `outcome` and `weighted_group_advantages`.
/// *Use*:
///     bellman::conventions::verl::opo_advantages(
///         std::vector<std::vector<double>>{{0, 0}, {3, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{-1, -1}, {2, 0}}
inline constexpr detail::opo_advantages_fn opo_advantages{};

}  // namespace bellman::conventions::verl
