// SPDX-License-Identifier: BSL-1.0
// rule: policy_weights_must_sum_to_one

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr double rest = 0.75;
#else
constexpr double rest = 0.5;
#endif

constexpr auto policy = [](int) { return std::array{bellman::weighted{0, 0.25}, bellman::weighted{1, rest}}; };
constexpr double value = bellman::state_value(models::two_state_cycle<double>{}, policy, 0.5)(0);
