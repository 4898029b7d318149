// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/weighted_group_advantages.hpp>

namespace bellman {

/// `opo(rewards, lengths)`: `r - sum l r / sum l`, the reward less the mean of the group weighted by the answers'
/// lengths.
///
/// *Arguments*: forms as in `weighted_group_advantages`.
/// *Errors*: those of `weighted_group_advantages`.
/// *Source*: Hao et al. 2025.
/// *Use*:
///     bellman::opo(std::array{1.0, 5.0}, std::array{3, 1}) == std::array{-1.0, 3.0}
inline constexpr weighted_group_advantages<group_mean> opo{};

}  // namespace bellman
