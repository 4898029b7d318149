// SPDX-License-Identifier: BSL-1.0
#pragma once

/// The value of one policy from episodes that another one played: all of it.
///
/// A step of an episode is two affine maps: `x -> R + gamma x` pays the reward, `x -> rho x` says how much more often
/// the target policy would have been here. The estimates differ in what they compose:
///
///     importance sampling   every rho, and only then every reward: (rho_0 ... rho_{T-1}) G_0
///     per decision          rho and reward step by step: a reward is weighed by the decisions before it only
///     doubly robust         the same for what a model of the value leaves over: V + rho (R - Q + gamma x)
///
/// The weighted forms divide by what the ratios sum to in the batch, instead of by how many episodes there are. What
/// each is on average: tests/laws/off_policy_laws.cpp.

#include <bellman/evaluation/cumulative_ratios.hpp>
#include <bellman/evaluation/direct_method.hpp>
#include <bellman/evaluation/doubly_robust.hpp>
#include <bellman/evaluation/effective_sample_size.hpp>
#include <bellman/evaluation/importance_ratios.hpp>
#include <bellman/evaluation/importance_sampling.hpp>
#include <bellman/evaluation/logged_episode.hpp>
#include <bellman/evaluation/off_policy_estimate.hpp>
#include <bellman/evaluation/per_decision_importance_sampling.hpp>
