// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/on_tokens.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/verl/mean_of_scores.hpp>
#include <bellman/conventions/verl/outcome.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <cstddef>

namespace bellman::conventions::verl {

namespace detail {

struct gpg_advantages_fn {
  template <class Rows, class Masks, class Ids,
            class = typename internal::every<internal::rewards_of_answers<Rows, Masks, Ids>,
                                             internal::a_row_made_of<Rows, float, double>>::type::yes>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids, double f_norm = 1) const {
    auto const scores = outcome_scores(token_rewards);
    using R = typename decltype(outcome_scores(token_rewards))::value_type;
    std::size_t nonzero = 0;
    for (auto const& score : scores) {
      if (!(score == R{})) ++nonzero;
    }
    // A number divided by a tensor of integers is there the float that is its reciprocal, times the number.
    float const alpha = 1.0f / static_cast<float>(nonzero == 0 ? 1 : nonzero) * static_cast<float>(scores.size());
    auto advantages = group_advantages{mean_of_scores}(scores, grouping(ids));
    for (auto& a : advantages) a = quotient(product(static_cast<R>(alpha), a), static_cast<R>(f_norm));
    return internal::on_tokens(advantages, masks);
  }
};

}  // namespace detail

/// `gpg_advantages(token_rewards, masks, ids, f_norm)`: `alpha (score - mean) / f_norm`, where `alpha`, a float, is the
/// number of rows by that of scores other than 0; `bellman::gpg` counts the groups whose rewards differ instead.
/// `compute_gpg_outcome_advantage`.
///
/// *Arguments*: forms as in `outcome`; `f_norm` is 1 unless it is given.
/// *Errors*: those of `outcome` and `group_advantages`.
/// *Use*:
///     bellman::conventions::verl::gpg_advantages(
///         std::vector<std::vector<double>>{{0, 0}, {3, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}, 2.0) == std::vector<std::vector<double>>{{-1.5, -1.5}, {1.5, 0}}
inline constexpr detail::gpg_advantages_fn gpg_advantages{};

}  // namespace bellman::conventions::verl
