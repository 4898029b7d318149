// SPDX-License-Identifier: BSL-1.0
// rule: direction_must_be_below_the_number_of_directions

#include <bellman/scalar/dual.hpp>

#ifdef CONTROL
constexpr int direction = 1;
#else
constexpr int direction = 2;
#endif
constexpr auto x = bellman::dual<double, 2>::variable(1.0, direction);
