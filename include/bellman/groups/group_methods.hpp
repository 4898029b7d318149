// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All methods that make the rewards of answers to one question their advantages, and what they are made of, each in
/// the header of its name: `reinforce`, `grpo` with `dr_grpo`, `rloo`, `opo`, `remax`, `gpg`, `best_of_group`,
/// `several_rewards`, `gdpo`, `reinforce_plus_plus` with and without a baseline. Apart from these stands
/// optimal_token_baseline.hpp, whose answers are sequences.

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/groups/scale.hpp>
#include <bellman/groups/unless_alone.hpp>

#include <bellman/groups/by_group.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/group_method.hpp>
#include <bellman/groups/weighted_group_advantages.hpp>

#include <bellman/groups/best_of_group.hpp>
#include <bellman/groups/gdpo.hpp>
#include <bellman/groups/gpg.hpp>
#include <bellman/groups/groups_with_signal.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/opo.hpp>
#include <bellman/groups/reinforce.hpp>
#include <bellman/groups/reinforce_plus_plus.hpp>
#include <bellman/groups/remax.hpp>
#include <bellman/groups/rloo.hpp>
#include <bellman/groups/several_rewards.hpp>
