// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>

namespace bellman {

/// `rloo(rewards)`: `r - mean of the others`, equal to `n / (n - 1)` times Dr. GRPO's.
///
/// *Arguments*: forms as in `group_advantages`.
/// *Errors*: those of `group_advantages`.
/// *Laws*: its expected gradient is that of the objective. tests/laws/group_laws.cpp.
/// *Source*: Kool et al. 2019; Ahmadian et al. 2024.
/// *Use*:
///     bellman::rloo(std::array{1.0, 0.0}) == std::array{1.0, -1.0}
inline constexpr group_advantages<leave_one_out> rloo{};

}  // namespace bellman
