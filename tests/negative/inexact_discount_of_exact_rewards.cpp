// SPDX-License-Identifier: BSL-1.0
// expect: this discount cannot be used with these rewards: exact rewards need an exact discount

#include <bellman/bellman.hpp>
#include <bellman/interop/boost_rational.hpp>

#include "../models/two_state_cycle.hpp"

#ifdef CONTROL
constexpr bellman::rational half(1, 2);
#else
constexpr double half = 0.5;
#endif

constexpr auto value = [] { return bellman::solve(models::two_state_cycle<bellman::rational>{}, half).value(0); }();
