// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/probability/spread.hpp>

namespace bellman {

/// `grpo(rewards)`: `(r - mean) / standard deviation`, Bessel's, without any epsilon: none is needed, since a group of
/// equal rewards gets exactly 0.
///
/// To take the deviation another way, name it:
/// `group_advantages{group_mean{}, spread_plus{standard_deviation{}, 1e-4}}`.
///
/// *Arguments*: forms as in `group_advantages`.
/// *Errors*: those of `group_advantages`; rewards without a square root, such as exact ones, do not compile.
/// *Laws*: neither a constant more nor a positive factor for every reward changes anything; prompts weigh by how hard
/// they are. tests/laws/group_laws.cpp.
/// *Source*: Shao et al. 2024 (DeepSeekMath), 4.1.1.
/// *Use*:
///     bellman::grpo(std::array{4.0, 2.0, 0.0}) == std::array{1.0, 0.0, -1.0}
inline constexpr group_advantages<group_mean, standard_deviation> grpo{};

/// `dr_grpo(rewards)`: `r - mean`, REINFORCE with the mean of the group as its baseline, which is GRPO without the
/// standard deviation.
///
/// *Arguments*: forms as in `group_advantages`.
/// *Errors*: those of `group_advantages`.
/// *Laws*: its expected gradient is `(n - 1) / n` of that of the objective. tests/laws/group_laws.cpp.
/// *Source*: Liu et al. 2025 (Dr. GRPO), 3.2.
/// *Use*:
///     bellman::dr_grpo(std::array{4.0, 2.0, 0.0}) == std::array{2.0, 0.0, -2.0}
inline constexpr group_advantages<group_mean> dr_grpo{};

}  // namespace bellman
