// SPDX-License-Identifier: BSL-1.0
// refused: this_step_size_cannot_be_used_with_these_values_and_exact_values_need_an_exact_one

#include <bellman/interop/boost_rational.hpp>
#include <bellman/learning/step_sizes.hpp>

#ifdef CONTROL
constexpr bellman::harmonic_step schedule;
#else
constexpr double schedule = 0.5;
#endif

constexpr bellman::rational half = bellman::step_size_of<bellman::rational>(schedule, 2);
