// SPDX-License-Identifier: BSL-1.0
#pragma once

/// All of `bellman::conventions::cleanrl`: the numbers of cleanrl.

#include <bellman/conventions/cleanrl/gae.hpp>
