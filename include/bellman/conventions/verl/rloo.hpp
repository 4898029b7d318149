// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/verl/outcome.hpp>
#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/rloo.hpp>
#include <bellman/groups/unless_alone.hpp>

namespace bellman::conventions::verl {

/// `rloo_advantages(token_rewards, masks, ids)`: the score less the mean of the others, and the score in a group of
/// one. `compute_rloo_outcome_advantage`.
///
/// *Arguments*: forms as in `outcome`.
/// *Errors*: those of `outcome` and `group_advantages`.
/// *Use*:
///     bellman::conventions::verl::rloo_advantages(
///         std::vector<std::vector<double>>{{0, 1}, {3, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{-2, -2}, {2, 0}}
inline constexpr outcome rloo_advantages{group_advantages{unless_alone{leave_one_out{}, 0}}};

/// `rloo_vectorized_advantages(token_rewards, masks, ids)`: the same, but 0 in a group of one.
/// `compute_rloo_vectorized_outcome_advantage`.
///
/// *Arguments*: forms as in `outcome`.
/// *Errors*: those of `outcome` and `group_advantages`.
/// *Use*:
///     bellman::conventions::verl::rloo_vectorized_advantages(
///         std::vector<std::vector<double>>{{0, 1}, {3, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{-2, -2}, {2, 0}}
inline constexpr outcome rloo_vectorized_advantages{bellman::rloo};

}  // namespace bellman::conventions::verl
