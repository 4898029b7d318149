// SPDX-License-Identifier: BSL-1.0
// rule: a_temperature_must_be_above_zero

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr double temperature = 0.1;
#else
constexpr double temperature = 0.0;
#endif

constexpr auto soft = bellman::bellman_soft(models::two_state_cycle<double>{}, 0.5, temperature);
