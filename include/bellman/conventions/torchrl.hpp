// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::torchrl`: the numbers of torchrl.

#include <bellman/conventions/torchrl/gae.hpp>
#include <bellman/conventions/torchrl/groups.hpp>
#include <bellman/conventions/torchrl/returns.hpp>
#include <bellman/conventions/torchrl/vtrace.hpp>
