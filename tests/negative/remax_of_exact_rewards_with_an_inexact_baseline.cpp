// SPDX-License-Identifier: BSL-1.0
// refused: a_given_baseline_must_be_a_number_of_the_kind_of_the_rewards

#include <bellman/groups/group_methods.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <vector>

std::vector const rewards{bellman::rational(1), bellman::rational(0)};

#ifdef CONTROL
auto const advantages = bellman::remax(rewards, bellman::rational(1, 2));
#else
auto const advantages = bellman::remax(rewards, 0.5);
#endif
