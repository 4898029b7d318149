// SPDX-License-Identifier: BSL-1.0
// refused: an_action_value_is_a_callable_of_a_state_and_an_action

#include <bellman/learning/epsilon_greedy.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr auto q = [](int, int a) { return a; };
#else
constexpr auto q = [](int) { return 1; };
#endif

constexpr bellman::epsilon_greedy policy{models::two_state_cycle<double>{}, q, 0.1};
