// SPDX-License-Identifier: BSL-1.0
// refused: these_are_no_rewards_in_a_range_or_in_a_range_of_groups

#include <bellman/groups/grpo.hpp>

#include <string>
#include <vector>

#ifdef CONTROL
std::vector const rewards{1, 0, 1};
#else
std::string const rewards = "101";
#endif
auto const advantages = bellman::grpo(rewards);
