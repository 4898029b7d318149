// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::pufferlib`: the numbers of PufferLib.

#include <bellman/conventions/pufferlib/puff_advantage.hpp>
