// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Group methods as TRL computes them: rows of one reward for each reward function, `num_generations` of them a group,
/// one after another. A reward that is NaN was not given: it counts nowhere, and an answer without any reward gets
/// advantage 0. trl/trainer/grpo_trainer.py, rloo_trainer.py.
///
/// Each is in the header of its name: how a deviation is taken in deviation.hpp, whitening in masked_whiten.hpp.

#include <bellman/conventions/trl/deviation.hpp>
#include <bellman/conventions/trl/gdpo.hpp>
#include <bellman/conventions/trl/grpo.hpp>
#include <bellman/conventions/trl/masked_whiten.hpp>
#include <bellman/conventions/trl/rloo.hpp>
