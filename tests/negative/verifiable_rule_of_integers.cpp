// SPDX-License-Identifier: BSL-1.0
// expect: verifiable<R>\(right\) needs a field R

#include <bellman/bellman.hpp>

#ifdef CONTROL
using number = double;
#else
using number = int;
#endif

constexpr auto rule = bellman::verifiable<number>([](int s) { return s == 24; });
