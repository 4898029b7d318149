// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/probability/spread.hpp>

namespace bellman::conventions::torchrl {

/// `mc_advantage(rewards)`: `MCAdvantage`, `(r - mean) / max(std, 1e-6)`. A group of one gives 0, where there its
/// deviation is NaN.
///
/// *Arguments*: forms as in `group_advantages`.
/// *Errors*: those of `group_advantages`.
/// *Source*: torchrl/objectives/llm/grpo.py.
/// *Use*:
///     bellman::conventions::torchrl::mc_advantage(std::array{4.0, 2.0, 0.0}) == std::array{1.0, 0.0, -1.0}
inline constexpr group_advantages mc_advantage{group_mean{}, spread_at_least{standard_deviation{}, 1e-6}};

}  // namespace bellman::conventions::torchrl
