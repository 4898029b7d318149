// SPDX-License-Identifier: BSL-1.0
// refused: the_soft_operator_needs_exp_and_log_which_no_exact_number_has

#include <bellman/bellman.hpp>
#include <bellman/interop/boost_rational.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
using number = double;
#else
using number = bellman::rational;
#endif

constexpr models::two_state_cycle<number> cycle{};
constexpr auto soft = bellman::bellman_soft(cycle, number(1) / number(2), number(1));
