// SPDX-License-Identifier: BSL-1.0
// refused: several_rewards_are_given_as_a_range_of_objectives_each_a_range_of_one_number_a_row

#include <bellman/groups/group_methods.hpp>

#include <vector>

std::vector const weights{1.0};
#ifdef CONTROL
std::vector<std::vector<double>> const objectives{{0.0, 1.0}};
#else
std::vector const objectives{0.0, 1.0};
#endif

auto const advantages = bellman::gdpo(objectives, weights, bellman::grouping::consecutive(2, 2));
