// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Group methods as verl computes them, from padded rows: token rewards, masks of the answers' tokens, and an id for
/// each row, random-access ranges all of them. An answer's score is the sum of its token rewards, those under a mask of
/// 0 included; its tokens get its advantage, other positions 0. A group of one has mean 0 and deviation 1, so that its
/// score stays what it is. verl/trainer/ppo/core_algos.py.
///
/// Each is in the header of its name: scores and back on tokens in outcome.hpp, the mean and the deviation of a group
/// in mean_of_scores.hpp, whitening in masked_whiten.hpp.

#include <bellman/conventions/verl/gpg.hpp>
#include <bellman/conventions/verl/grpo.hpp>
#include <bellman/conventions/verl/grpo_passk.hpp>
#include <bellman/conventions/verl/grpo_vectorized.hpp>
#include <bellman/conventions/verl/masked_whiten.hpp>
#include <bellman/conventions/verl/mean_of_scores.hpp>
#include <bellman/conventions/verl/opo.hpp>
#include <bellman/conventions/verl/optimal_token_baseline.hpp>
#include <bellman/conventions/verl/outcome.hpp>
#include <bellman/conventions/verl/reinforce_plus_plus.hpp>
#include <bellman/conventions/verl/remax.hpp>
#include <bellman/conventions/verl/rloo.hpp>
