// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/verl/mean_of_scores.hpp>
#include <bellman/conventions/verl/outcome.hpp>
#include <bellman/groups/group_advantages.hpp>

namespace bellman::conventions::verl {

namespace detail {

struct grpo_advantages_with_fn {
  template <class E, class = typename internal::a_real_constant<E>::type::yes>
  constexpr auto operator()(E epsilon) const {
    return outcome{group_advantages{mean_of_scores, verl::deviation(epsilon)}};
  }
};

}  // namespace detail

/// `grpo_advantages_with(epsilon)`: `grpo_advantages` for any epsilon.
///
/// *Use*:
///     bellman::conventions::verl::grpo_advantages_with(0.25)(
///         std::vector<std::vector<double>>{{0, 1}, {1, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{0, 0}, {0, 0}}
inline constexpr detail::grpo_advantages_with_fn grpo_advantages_with{};

/// `grpo_advantages(token_rewards, masks, ids)`: `(score - mean) / (deviation + 1e-6)`. A group of one keeps its score,
/// by the float `1 + epsilon`. `compute_grpo_outcome_advantage` with `norm_adv_by_std_in_grpo`.
///
/// *Arguments*: forms as in `outcome`.
/// *Errors*: those of `outcome` and `group_advantages`.
/// *Use*:
///     bellman::conventions::verl::grpo_advantages(
///         std::vector<std::vector<double>>{{0, 1}, {1, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{0, 0}, {0, 0}}
inline constexpr auto grpo_advantages = grpo_advantages_with(1e-6);

/// `dr_grpo_advantages(token_rewards, masks, ids)`: `score - mean`, and the score in a group of one. The same without
/// `norm_adv_by_std_in_grpo`.
///
/// *Arguments*: forms as in `outcome`.
/// *Errors*: those of `outcome` and `group_advantages`.
/// *Use*:
///     bellman::conventions::verl::dr_grpo_advantages(
///         std::vector<std::vector<double>>{{0, 1}, {3, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{-1, -1}, {1, 0}}
inline constexpr outcome dr_grpo_advantages{group_advantages{mean_of_scores}};

}  // namespace bellman::conventions::verl
