// SPDX-License-Identifier: BSL-1.0
// refused: of_intervals_no_value_is_the_greatest

#include <bellman/estimation/action_values.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>

#ifdef CONTROL
using number = double;
#else
using number = bellman::interval<double>;
#endif

std::array const action_values{number(1.0), number(2.0)};
auto const action = bellman::greatest_action(action_values);
