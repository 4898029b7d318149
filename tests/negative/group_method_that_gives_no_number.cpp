// SPDX-License-Identifier: BSL-1.0
// expect: what a group method has for a group is called with a reward, and gives such a number

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
