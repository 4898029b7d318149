// SPDX-License-Identifier: BSL-1.0
// refused: a_group_method_must_have_a_member_of_group_or_of_batch_that_is_const

#include <bellman/groups/by_group.hpp>

#include <vector>

struct halved {
  template <class Rewards>
#ifdef CONTROL
  auto of_group(Rewards const&) const {
#else
  auto of_group(Rewards const&) {
#endif
    return [](double reward) { return reward / 2; };
  }
};

std::vector const rewards{1.0, 0.0};
auto const advantages = bellman::by_group{halved{}}(rewards);
