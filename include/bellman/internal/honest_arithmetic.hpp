// SPDX-License-Identifier: BSL-1.0
#pragma once

// A NaN must stay in its episode, an infinite bound be infinite, and a compensated sum be compensated: none of which
// holds where the compiler may assume that there is no NaN, or that additions can be reordered.
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__) || defined(__ASSOCIATIVE_MATH__)
#error "bellman: -ffast-math, -ffinite-math-only and -fassociative-math give wrong results; compile with -fno-fast-math"
#endif
