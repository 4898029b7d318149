// SPDX-License-Identifier: BSL-1.0
// rule: square_root_needs_a_number_that_is_not_negative

#include <bellman/scalar/square_root.hpp>

#ifdef CONTROL
constexpr double x = 1.0;
#else
constexpr double x = -1.0;
#endif
constexpr double y = bellman::sqrt(x);
