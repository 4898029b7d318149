// SPDX-License-Identifier: BSL-1.0
// expect: what is computed here is no integer; the output must not be one either

#include <bellman/evaluation/cumulative_ratios.hpp>

#include <vector>

std::vector const rewards{0, 1, 1};
#ifdef CONTROL
std::vector<double> out(3);
#else
std::vector<int> out(3);
#endif

auto const end = bellman::cumulative_ratios(rewards, out.begin());
