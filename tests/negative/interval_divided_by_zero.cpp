// SPDX-License-Identifier: BSL-1.0
// rule: interval_divisor_must_not_contain_zero

#include <bellman/scalar/interval.hpp>

#ifdef CONTROL
constexpr double lower = 0.5;
#else
constexpr double lower = -0.5;
#endif
constexpr auto quotient = bellman::interval<double>(1) / bellman::interval<double>(lower, 1);
