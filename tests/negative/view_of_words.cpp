// SPDX-License-Identifier: BSL-1.0
// refused: this_column_is_no_random_access_range_of_numbers
#include <bellman/decision/ending.hpp>
#include <bellman/views/returns_to_go.hpp>

#include <string>
#include <vector>

#ifdef CONTROL
std::vector<double> const rewards{1.0, 1.0};
#else
std::vector<std::string> const rewards{"one", "two"};
#endif
auto const returns = rewards | bellman::views::returns_to_go(bellman::terminated{}, 0.5);
