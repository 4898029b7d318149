// SPDX-License-Identifier: BSL-1.0
// refused: a_number_of_steps_is_a_whole_number

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr auto steps = 3;
#else
constexpr auto steps = 2.5;
#endif

constexpr auto value = bellman::finite_horizon(models::two_state_cycle<double>{}, 0.5, steps).steps();
