// SPDX-License-Identifier: BSL-1.0
// expect: the scale of a best answer is called with the statistics of its group, not of the batch

#include <bellman/groups/group_methods.hpp>

#include <vector>

std::vector const rewards{1.0, 0.0};
#ifdef CONTROL
constexpr bellman::standard_deviation scale{};
#else
constexpr bellman::over_batch scale{bellman::standard_deviation{}};
#endif
auto const advantages = bellman::best_of_group_advantages{scale}(rewards);
