// SPDX-License-Identifier: BSL-1.0
// refused: the_best_of_a_group_needs_rewards_with_a_total_order

#include <bellman/groups/group_methods.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>

#ifdef CONTROL
using number = double;
#else
using number = bellman::interval<double>;
#endif

std::array const rewards{number(1.0), number(2.0)};
auto const advantages = bellman::best_of_group(rewards);
