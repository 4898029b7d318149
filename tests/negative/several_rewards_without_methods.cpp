// SPDX-License-Identifier: BSL-1.0
// refused: several_rewards_need_two_methods_that_are_called_with_rewards_and_a_grouping

#include <bellman/groups/group_methods.hpp>

#include <vector>

std::vector<std::vector<double>> const objectives{{0.0, 1.0}};
std::vector const weights{1.0};
#ifdef CONTROL
constexpr bellman::several_rewards method{bellman::grpo, bellman::reinforce};
#else
constexpr bellman::several_rewards method{bellman::grpo, bellman::opo};
#endif
auto const advantages = method(objectives, weights, bellman::grouping::consecutive(2, 2));
