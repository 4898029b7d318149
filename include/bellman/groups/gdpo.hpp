// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/several_rewards.hpp>
#include <bellman/groups/whiten.hpp>
#include <bellman/probability/spread.hpp>

namespace bellman {

/// `gdpo(objectives, weights, grouping)`: group reward-decoupled normalisation, each reward normalised in its group,
/// their weighted sum whitened over the batch.
///
/// *Arguments*: forms as in `several_rewards`.
/// *Errors*: those of `several_rewards`.
/// *Source*: Liu et al. 2026.
/// *Use*:
///     bellman::gdpo(std::vector<std::vector<double>>{{1, 1}, {3, 3}}, std::array{1.0, 1.0},
///                   bellman::grouping::consecutive(2, 2)) == std::vector{0.0, 0.0}
inline constexpr several_rewards<group_advantages<group_mean, standard_deviation>, whitening<standard_deviation>>
    gdpo{};

}  // namespace bellman
