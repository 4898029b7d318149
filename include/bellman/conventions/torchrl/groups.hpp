// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/group_advantages.hpp>
#include <bellman/probability/spread.hpp>

namespace bellman::conventions::torchrl {

/// `MCAdvantage`: `(r - mean) / max(std, 1e-6)`. A group of one gives 0, where there its deviation is NaN.
/// torchrl/objectives/llm/grpo.py.
inline constexpr group_advantages mc_advantage{group_mean{}, spread_at_least{standard_deviation{}, 1e-6}};

}  // namespace bellman::conventions::torchrl
