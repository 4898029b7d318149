// SPDX-License-Identifier: BSL-1.0
// refused: a_power_needs_exp_and_log_which_no_exact_number_has

#include <bellman/interop/boost_rational.hpp>
#include <bellman/learning/step_sizes.hpp>

#ifdef CONTROL
constexpr double exponent = 0.75;
#else
constexpr bellman::rational exponent(3, 4);
#endif

constexpr bellman::power_step step{exponent};
