// SPDX-License-Identifier: BSL-1.0
// refused: a_temporary_array_is_gone_before_a_part_of_it_is_read

#include <bellman/groups/grouping.hpp>

#include <vector>

std::vector<double> rewards();
std::vector<double> const rewards_by_name{1.0, 0.0};
bellman::grouping const groups(std::vector{0, 1});

#ifdef CONTROL
auto const part = bellman::part_of(rewards_by_name, groups[0]);
#else
auto const part = bellman::part_of(rewards(), groups[0]);
#endif
