// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>

namespace bellman {

/// `reinforce(rewards)`: REINFORCE without a baseline, the reward itself.
///
/// *Arguments*: forms as in `group_advantages`.
/// *Errors*: those of `group_advantages`.
/// *Laws*: its expected gradient is that of the objective. tests/laws/group_laws.cpp.
/// *Source*: Williams 1992.
/// *Use*:
///     bellman::reinforce(std::array{1.0, 0.0}) == std::array{1.0, 0.0}
inline constexpr group_advantages<no_baseline> reinforce{};

}  // namespace bellman
