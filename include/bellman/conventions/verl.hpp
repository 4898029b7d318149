// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::verl`: the numbers of verl.

#include <bellman/conventions/arrays/kept_batch.hpp>
#include <bellman/conventions/arrays/kept_tokens.hpp>
#include <bellman/conventions/shared/share_of_batch.hpp>
#include <bellman/conventions/verl/dppo.hpp>
#include <bellman/conventions/verl/gae.hpp>
#include <bellman/conventions/verl/groups.hpp>
#include <bellman/conventions/verl/kl.hpp>
#include <bellman/conventions/verl/kl_cov.hpp>
#include <bellman/conventions/verl/losses.hpp>
#include <bellman/conventions/verl/rewards.hpp>
