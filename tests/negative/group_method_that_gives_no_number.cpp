// SPDX-License-Identifier: BSL-1.0
// refused: what_a_group_method_has_for_a_group_must_give_a_number_for_a_reward

#include <bellman/groups/by_group.hpp>

#include <vector>

struct halved {
  template <class Rewards>
  auto of_group(Rewards const& rewards) const {
#ifdef CONTROL
    return [](double reward) { return reward / 2; };
#else
    return rewards;
#endif
  }
};

std::vector const rewards{1.0, 0.0};
auto const advantages = bellman::by_group{halved{}}(rewards);
