// SPDX-License-Identifier: BSL-1.0
// refused: these_numbers_have_no_order

#include <bellman/groups/rloo.hpp>

#include <complex>
#include <vector>

#ifdef CONTROL
using number = double;
#else
using number = std::complex<double>;
#endif
std::vector<number> const rewards{1, 0, 1};
auto const advantages = bellman::rloo(rewards);
