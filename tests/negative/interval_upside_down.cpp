// SPDX-License-Identifier: BSL-1.0
// rule: lower_bound_must_not_exceed_upper_bound

#include <bellman/scalar/interval.hpp>

#ifdef CONTROL
constexpr double upper = 2;
#else
constexpr double upper = 0;
#endif
constexpr bellman::interval<double> x(1, upper);
