// SPDX-License-Identifier: BSL-1.0
// refused: what_gymnasium_has_are_ranges_of_ranges_of_rows_of_probability_next_reward_terminated

#include <bellman/bellman.hpp>
#include <bellman/interop/gymnasium.hpp>

#include <tuple>
#include <vector>

#ifdef CONTROL
using row = std::tuple<double, int, double, bool>;
#else
using row = std::tuple<double, int, double>;
#endif

auto model(std::vector<std::vector<std::vector<row>>> const& P) { return bellman::gymnasium_model(P); }
