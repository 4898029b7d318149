// SPDX-License-Identifier: BSL-1.0
// rule: a_share_of_explored_actions_must_lie_between_zero_and_one

#include <bellman/learning/epsilon_greedy.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr double share = 0.1;
#else
constexpr double share = 1.1;
#endif

constexpr auto q = [](int, int a) { return a; };
constexpr bellman::epsilon_greedy policy{models::two_state_cycle<double>{}, q, share};
