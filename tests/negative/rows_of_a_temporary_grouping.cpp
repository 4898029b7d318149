// SPDX-License-Identifier: BSL-1.0
// refused: the_rows_of_a_group_lie_in_its_grouping_which_needs_a_name

#include <bellman/groups/grouping.hpp>

#include <vector>

std::vector const ids{0, 1, 0};
bellman::grouping const groups(ids);

#ifdef CONTROL
auto const rows = groups[0];
#else
auto const rows = bellman::grouping(ids)[0];
#endif
