// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::rllib`: the numbers of rllib.

#include <bellman/conventions/rllib/off_policy_evaluation.hpp>
#include <bellman/conventions/rllib/value_targets.hpp>
