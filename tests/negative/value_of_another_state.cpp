// SPDX-License-Identifier: BSL-1.0
// expect: the value function cannot be called with the environment's state_type

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
