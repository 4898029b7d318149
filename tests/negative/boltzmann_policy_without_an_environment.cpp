// SPDX-License-Identifier: BSL-1.0
// refused: the_environment_names_no_state_type_action_type_and_reward_type

#include <bellman/learning/boltzmann.hpp>

#include "../models/two_state_cycle.hpp"

constexpr auto q = [](int, int a) { return a; };

#ifdef CONTROL
constexpr bellman::boltzmann policy{models::two_state_cycle<double>{}, q, 0.5};
#else
constexpr bellman::boltzmann policy{1, q, 0.5};
#endif
