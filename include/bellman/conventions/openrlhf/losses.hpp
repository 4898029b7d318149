// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/shared/clamped_ratio.hpp>
#include <bellman/conventions/shared/mean_with_epsilon.hpp>
#include <bellman/loss/sequence_ratio.hpp>

namespace bellman::conventions::openrlhf {

// OpenRLHF's `PolicyLoss` is `policy_loss` with one of these ratios and `clipped` or `dual_clipped`. Its scopes are,
// per token, `bellman::token_mean`, and, per sample, the one below, which "gspo" always has; rows whose flags are all 0
// do not count. The loss is the `share_of_batch`.

/// `sequence_mean`: per sample.
///
/// *Use*:
///     bellman::mean_over(
///         std::vector{std::vector{4.0}, std::vector<double>{}},
///         bellman::conventions::openrlhf::sequence_mean{}).count == 1
using sequence_mean = sequence_mean_with_epsilon;

/// `ppo_ratio`: "ppo".
///
/// *Use*:
///     bellman::conventions::openrlhf::ppo_ratio{}(
///         bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}})(-1.0, -1.0) == 1.0
using ppo_ratio = clamped_ratio;

/// `gspo_ratio`: "gspo", whose gradient is that of the whole sequence's ratio, which is not clamped.
///
/// *Use*:
///     bellman::conventions::openrlhf::gspo_ratio{}(
///         bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}})(-1.0, -1.0) == 1.0
using gspo_ratio = bellman::sequence_ratio;

}  // namespace bellman::conventions::openrlhf
