// SPDX-License-Identifier: BSL-1.0
// rule: an_action_must_be_available

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr int action = 1;
#else
constexpr int action = 2;
#endif

constexpr auto policy = [](int) { return action; };
constexpr double value = bellman::state_value(models::two_state_cycle<double>{}, policy, 0.5)(0);
