// SPDX-License-Identifier: BSL-1.0
// refused: this_is_no_random_access_range_of_numbers

#include <bellman/loss/two_hot.hpp>

#include <list>
#include <vector>

#ifdef CONTROL
bellman::two_hot const bins{std::vector{0.0, 1.0}};
#else
bellman::two_hot const bins{std::list{0.0, 1.0}};
#endif
