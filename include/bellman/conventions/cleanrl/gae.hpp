// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/gae_of_starts.hpp>
#include <bellman/scalar/register_width.hpp>

namespace bellman::conventions::cleanrl {

/// `gae(rewards, values, dones, next_done, next_value, trace_parameters{.gamma = g, .lambda = l})`: the advantages and
/// returns of one environment, or of all N, `time_major(rewards, N)`. A time limit counts as a termination: the state
/// after it is taken to be worth 0.
///
/// *Arguments*: `dones[t]` says that observation t is the first of an episode, `next_done` and `next_value` are of the
/// observation after the recording: a flag and a number, of N environments ranges of N. Outputs as those of
/// `bellman::gae`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: cleanrl, `ppo.py`.
/// *Use*:
///     bellman::conventions::cleanrl::gae(std::array{1.0, 2.0}, std::array{0.5, 1.0}, std::array{true, false}, true,
///         0.0,
///                                        bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{1.25, 1.0}
inline constexpr internal::gae_of_starts_fn<internal::this_machine> gae{};

}  // namespace bellman::conventions::cleanrl
