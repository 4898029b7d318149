// SPDX-License-Identifier: BSL-1.0
// refused: ids_must_be_comparable_and_in_a_range_of_random_access

#include <bellman/groups/grouping.hpp>

#include <list>
#include <vector>

#ifdef CONTROL
std::vector const ids{1, 0, 1};
#else
std::list const ids{1, 0, 1};
#endif
bellman::grouping const groups(ids);
