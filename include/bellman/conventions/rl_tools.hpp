// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::rl_tools`: the numbers of rl_tools.

#include <bellman/conventions/rl_tools/gae.hpp>
