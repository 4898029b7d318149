// SPDX-License-Identifier: BSL-1.0
// refused: a_temporary_array_of_rows_is_gone_before_the_part_in_them_is_read

#include <bellman/groups/grouping.hpp>

#include <cstddef>
#include <vector>

std::vector<double> const rewards{1.0, 0.0};
std::vector<std::size_t> rows();
std::vector<std::size_t> const rows_by_name{1};

#ifdef CONTROL
auto const part = bellman::part_of(rewards, rows_by_name);
#else
auto const part = bellman::part_of(rewards, rows());
#endif
