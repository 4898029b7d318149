// SPDX-License-Identifier: BSL-1.0
// refused: a_baseline_must_give_a_number_for_the_statistics_of_a_group_and_a_reward

#include <bellman/groups/group_methods.hpp>

#include <vector>

struct lowest {
#ifdef CONTROL
  constexpr double operator()(bellman::statistics<double> const&, double reward) const { return reward; }
#else
  constexpr double operator()(bellman::statistics<double> const&) const { return 0; }
#endif
};

std::vector const rewards{1.0, 0.0};
auto const advantages = bellman::group_advantages{lowest{}}(rewards, bellman::grouping(std::vector{1, 1}));
