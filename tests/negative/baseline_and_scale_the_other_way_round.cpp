// SPDX-License-Identifier: BSL-1.0
// refused: a_baseline_must_give_a_number_for_the_statistics_of_a_group_and_a_reward

#include <bellman/groups/group_methods.hpp>

#ifdef CONTROL
bellman::group_advantages const method{bellman::group_mean{}, bellman::unscaled{}};
#else
bellman::group_advantages const method{bellman::unscaled{}, bellman::group_mean{}};
#endif
