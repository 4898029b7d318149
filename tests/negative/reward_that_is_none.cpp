// SPDX-License-Identifier: BSL-1.0
// refused: a_reward_is_called_with_state_action_and_next_or_state_and_action_or_is_an_outcome_reward

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr auto reward = [](int s, int a) { return double(s + a); };
#else
constexpr auto reward = 1.0;
#endif

constexpr auto paid = bellman::with_reward(models::two_state_cycle<double>{}, reward);
