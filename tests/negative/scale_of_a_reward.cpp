// SPDX-License-Identifier: BSL-1.0
// refused: a_scale_must_give_a_number_for_the_statistics_of_a_group

#include <bellman/groups/group_methods.hpp>

#include <vector>

std::vector const rewards{1.0, 0.0};
#ifdef CONTROL
auto const width = [](bellman::statistics<double> const&) { return 2.0; };
#else
auto const width = [](double) { return 2.0; };
#endif
auto const advantages = bellman::group_advantages{bellman::group_mean{}, width}(rewards);
