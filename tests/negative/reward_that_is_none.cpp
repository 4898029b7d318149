// SPDX-License-Identifier: BSL-1.0
// expect: a reward is a callable of \(state, action, next\), of \(state, action\), or an outcome_reward

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr auto reward = [](int s, int a) { return double(s + a); };
#else
constexpr auto reward = 1.0;
#endif

constexpr auto paid = bellman::with_reward(models::two_state_cycle<double>{}, reward);
