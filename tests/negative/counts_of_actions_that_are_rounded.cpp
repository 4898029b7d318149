// SPDX-License-Identifier: BSL-1.0
// refused: counts_of_actions_are_a_callable_of_a_state_and_an_action_that_returns_an_integer

#include <bellman/learning/ucb1.hpp>

#include "../models/two_state_cycle.hpp"

constexpr auto q = [](int, int a) { return a; };

#ifdef CONTROL
constexpr auto counts = [](int, int) { return 3; };
#else
constexpr auto counts = [](int, int) { return 3.0; };
#endif

constexpr bellman::ucb1 policy{models::two_state_cycle<double>{}, q, counts, 1};
