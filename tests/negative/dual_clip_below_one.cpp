// SPDX-License-Identifier: BSL-1.0
// rule: a_dual_clip_must_be_above_one

#include <bellman/loss/dual_clipped.hpp>

#ifdef CONTROL
constexpr double bound = 3.0;
#else
constexpr double bound = 1.0;
#endif

constexpr bellman::dual_clipped surrogate(bellman::clipped(0.2), bound);
