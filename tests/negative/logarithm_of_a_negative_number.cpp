// SPDX-License-Identifier: BSL-1.0
// rule: logarithm_needs_a_number_that_is_not_negative

#include <bellman/scalar/exponential.hpp>

#ifdef CONTROL
constexpr double x = 1.0;
#else
constexpr double x = -1.0;
#endif
constexpr double y = bellman::log(x);
