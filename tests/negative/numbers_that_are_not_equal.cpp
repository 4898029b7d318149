// SPDX-License-Identifier: BSL-1.0
// rule: numbers_must_be_approximately_equal

#include <bellman/scalar/approx_equal.hpp>

#ifdef CONTROL
constexpr double expected = 4.5 + 1e-12;
#else
constexpr double expected = 4.25;
#endif

static_assert(bellman::must_be_approx_equal(4.5, expected, 1e-9));
