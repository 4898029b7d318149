// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::openrlhf`: the numbers of OpenRLHF.

#include <bellman/conventions/openrlhf/gae.hpp>
#include <bellman/conventions/openrlhf/groups.hpp>
#include <bellman/conventions/openrlhf/kl.hpp>
#include <bellman/conventions/openrlhf/losses.hpp>
#include <bellman/conventions/openrlhf/rewards.hpp>
#include <bellman/conventions/shared/share_of_batch.hpp>
#include <bellman/loss/policy_loss.hpp>
