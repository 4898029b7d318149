// SPDX-License-Identifier: BSL-1.0
// rule: the_policy_must_end

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr double gamma_ = 0.5;
#else
constexpr double gamma_ = 1.0;
#endif

constexpr auto go = [](int) { return 1; };
constexpr double value = bellman::state_value(models::two_state_cycle<double>{}, go, gamma_)(0);
