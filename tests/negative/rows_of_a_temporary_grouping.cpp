// SPDX-License-Identifier: BSL-1.0
// expect: the rows of a group lie in its grouping; give the grouping a name

#include <bellman/groups/grouping.hpp>

#include <vector>

std::vector const ids{0, 1, 0};
bellman::grouping const groups(ids);

#ifdef CONTROL
auto const rows = groups[0];
#else
auto const rows = bellman::grouping(ids)[0];
#endif
