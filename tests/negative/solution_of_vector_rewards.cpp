// SPDX-License-Identifier: BSL-1.0
// refused: the_best_action_needs_values_with_an_order_and_not_vectors_of_rewards

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
using reward = double;
constexpr models::two_state_cycle<reward> cycle{0.0, 3.0, 1.0, -1.0};
#else
using reward = bellman::coordinates<double, 2>;
constexpr models::two_state_cycle<reward> cycle{{0.0, 1.0}, {3.0, 1.0}, {1.0, 0.0}, {-1.0, 0.0}};
#endif

constexpr auto best = [] { return bellman::solve(cycle, 0.5).value(0); }();
