// SPDX-License-Identifier: BSL-1.0
// refused: this_column_is_no_random_access_range_of_numbers
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>

#include <string>
#include <vector>

std::vector const rewards{1.0, 1.0};
#ifdef CONTROL
std::vector const values{0.5, 0.5};
#else
std::string const values = "vv";
#endif
auto const estimates = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.9, .lambda = 0.9});
