// SPDX-License-Identifier: BSL-1.0
// refused: the_ids_of_the_rows_must_be_given_as_a_grouping

#include <bellman/groups/group_methods.hpp>

std::vector<double> advantages(std::vector<double> const& rewards, std::vector<int> const& ids) {
#ifdef CONTROL
  return bellman::grpo(rewards, bellman::grouping(ids));
#else
  return bellman::grpo(rewards, ids);
#endif
}
