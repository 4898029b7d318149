// SPDX-License-Identifier: BSL-1.0
// expect: a truncated episode needs the value of the state after it

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr bellman::truncated ending{2.0};
#else
constexpr bellman::truncated ending{};
#endif

constexpr bellman::step<double> last = ending;
