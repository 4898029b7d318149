// SPDX-License-Identifier: BSL-1.0
// refused: the_policy_cannot_be_called_with_a_state_type

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

struct place {
  double x;
};

#ifdef CONTROL
constexpr auto policy = [](int) { return 1; };
#else
constexpr auto policy = [](place) { return 1; };
#endif

constexpr auto value = [] { return bellman::state_value(models::two_state_cycle<double>{}, policy, 0.5)(0); }();
