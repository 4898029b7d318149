// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::trl`: the numbers of TRL.

#include <bellman/conventions/shared/every_row.hpp>
#include <bellman/conventions/shared/share_of_batch.hpp>
#include <bellman/conventions/trl/gae.hpp>
#include <bellman/conventions/trl/groups.hpp>
#include <bellman/conventions/trl/kl.hpp>
#include <bellman/conventions/trl/losses.hpp>
#include <bellman/conventions/trl/rewards.hpp>
#include <bellman/conventions/trl/token_whitening.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/policy_loss.hpp>
