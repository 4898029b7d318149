// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::tianshou`: the numbers of tianshou.

#include <bellman/conventions/tianshou/gae.hpp>
#include <bellman/conventions/tianshou/returns.hpp>
