// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/verl/outcome.hpp>
#include <bellman/groups/best_of_group.hpp>
#include <bellman/probability/spread.hpp>

namespace bellman::conventions::verl {

namespace detail {

struct grpo_passk_advantages_with_fn {
  template <class E, class = typename internal::a_real_constant<E>::type::yes>
  constexpr auto operator()(E epsilon) const {
    return outcome{best_of_group_advantages{spread_plus{standard_deviation{}, epsilon}}};
  }
};

}  // namespace detail

/// `grpo_passk_advantages_with(epsilon)`: `grpo_passk_advantages` for any epsilon.
///
/// *Use*:
///     bellman::conventions::verl::grpo_passk_advantages_with(0.5)(
///         std::vector<std::vector<double>>{{0, 1}, {1, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{0, 0}, {0, 0}}
inline constexpr detail::grpo_passk_advantages_with_fn grpo_passk_advantages_with{};

/// `grpo_passk_advantages(token_rewards, masks, ids)`: the best score of a group less the second, by
/// `deviation + 1e-6`, for the best answer, 0 for the others. `compute_grpo_passk_outcome_advantage` with
/// `norm_adv_by_std_in_grpo`.
///
/// *Arguments*: forms as in `outcome`.
/// *Errors*: those of `outcome` and `best_of_group_advantages`: a group of one is an error, as there.
/// *Use*:
///     bellman::conventions::verl::grpo_passk_advantages(
///         std::vector<std::vector<double>>{{0, 1}, {1, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{0, 0}, {0, 0}}
inline constexpr auto grpo_passk_advantages = grpo_passk_advantages_with(1e-6);

/// `dr_grpo_passk_advantages(token_rewards, masks, ids)`: the same without `norm_adv_by_std_in_grpo`.
///
/// *Arguments*: forms as in `outcome`.
/// *Errors*: those of `grpo_passk_advantages`.
/// *Use*:
///     bellman::conventions::verl::dr_grpo_passk_advantages(
///         std::vector<std::vector<double>>{{0, 1}, {3, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{0, 0}, {2, 0}}
inline constexpr outcome dr_grpo_passk_advantages{best_of_group};

}  // namespace bellman::conventions::verl
