// SPDX-License-Identifier: BSL-1.0
// expect: bellman: the ids of the rows' groups are given as grouping

#include <bellman/groups/group_methods.hpp>

std::vector<double> advantages(std::vector<double> const& rewards, std::vector<int> const& ids) {
#ifdef CONTROL
  return bellman::grpo(rewards, bellman::grouping(ids));
#else
  return bellman::grpo(rewards, ids);
#endif
}
