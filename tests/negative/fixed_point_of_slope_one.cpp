// SPDX-License-Identifier: BSL-1.0
// rule: slope_must_not_be_one

#include <bellman/affine/affine.hpp>

#ifdef CONTROL
constexpr double slope = 0.5;
#else
constexpr double slope = 1.0;
#endif

constexpr double x = bellman::fixed_point(bellman::affine{1.0, slope});
