// SPDX-License-Identifier: BSL-1.0
// refused: who_moves_is_told_by_a_predicate_of_a_state_that_is_true_where_the_greatest_is_the_best

#include <bellman/bellman.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr auto turns = [](int s) { return s == 0; };
#else
constexpr auto turns = 1;
#endif

auto const value = bellman::solve_turn_game(models::two_state_cycle<double>{}, turns, 0.5).value(0);
