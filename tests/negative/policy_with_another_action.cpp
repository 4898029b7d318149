// SPDX-License-Identifier: BSL-1.0
// refused: the_policy_must_return_an_action_type_or_a_distribution_over_action_type

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr auto policy = [](int) { return 1; };
#else
constexpr auto policy = [](int) { return "go"; };
#endif

constexpr auto value = [] { return bellman::state_value(models::two_state_cycle<double>{}, policy, 0.5)(0); }();
