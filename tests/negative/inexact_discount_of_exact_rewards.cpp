// SPDX-License-Identifier: BSL-1.0
// refused: this_discount_cannot_be_used_with_these_rewards_and_exact_rewards_need_an_exact_one

#include <bellman/bellman.hpp>
#include <bellman/interop/boost_rational.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr bellman::rational half(1, 2);
#else
constexpr double half = 0.5;
#endif

constexpr auto value = [] { return bellman::solve(models::two_state_cycle<bellman::rational>{}, half).value(0); }();
