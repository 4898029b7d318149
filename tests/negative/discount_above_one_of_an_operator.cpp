// SPDX-License-Identifier: BSL-1.0
// rule: a_discount_must_lie_between_zero_and_one

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr double gamma_ = 0.9;
#else
constexpr double gamma_ = 1.1;
#endif

constexpr auto best = bellman::bellman_optimality(models::two_state_cycle<double>{}, gamma_);
