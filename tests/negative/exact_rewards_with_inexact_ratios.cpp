// SPDX-License-Identifier: BSL-1.0
// refused: rewards_ratios_and_values_have_no_number_type_in_common

#include <bellman/evaluation/off_policy_evaluation.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <vector>

std::vector const rewards{bellman::rational(1)};

#ifdef CONTROL
bellman::logged_episode const episode{rewards, std::vector{bellman::rational(1, 2)}};
#else
bellman::logged_episode const episode{rewards, std::vector{0.5}};
#endif

auto const value = bellman::importance_sampling(episode, bellman::rational(1, 2));
