// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::rlax`: the numbers of rlax.

#include <bellman/conventions/rlax/multistep.hpp>
#include <bellman/conventions/rlax/policy_loss.hpp>
#include <bellman/conventions/rlax/popart.hpp>
#include <bellman/conventions/rlax/transforms.hpp>
#include <bellman/conventions/rlax/value_learning.hpp>
#include <bellman/conventions/rlax/vtrace.hpp>
