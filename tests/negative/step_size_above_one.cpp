// SPDX-License-Identifier: BSL-1.0
// rule: a_step_size_must_lie_above_zero_and_at_most_at_one

#include <bellman/learning/step_sizes.hpp>

#ifdef CONTROL
constexpr double size = 1;
#else
constexpr double size = 1.5;
#endif

constexpr bellman::constant_step step{size};
