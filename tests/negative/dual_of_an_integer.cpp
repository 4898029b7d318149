// SPDX-License-Identifier: BSL-1.0
// expect: constraint.*dual

#include <bellman/scalar/dual.hpp>

#ifdef CONTROL
using number = double;
#else
using number = int;
#endif
constexpr bellman::dual<number> x = 1;
