// SPDX-License-Identifier: BSL-1.0
// refused: the_value_function_cannot_be_called_with_a_state_type

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

struct place {
  double x;
};

#ifdef CONTROL
constexpr auto v = [](int) { return 0.0; };
#else
constexpr auto v = [](place) { return 0.0; };
#endif

constexpr auto q = bellman::action_value(models::two_state_cycle<double>{}, 0.5, v);
