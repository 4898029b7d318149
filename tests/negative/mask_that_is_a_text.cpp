// SPDX-License-Identifier: BSL-1.0
// refused: these_are_no_rows_of_flags

#include <bellman/conventions/verl/groups.hpp>

#include <string>
#include <vector>

std::vector<std::vector<double>> const rewards{{0.0, 1.0}, {1.0, 0.0}};
#ifdef CONTROL
std::vector<std::vector<int>> const masks{{1, 1}, {1, 0}};
#else
std::vector<std::string> const masks{"11", "10"};
#endif

auto const advantages = bellman::conventions::verl::grpo_advantages(rewards, masks, std::vector{7, 7});
