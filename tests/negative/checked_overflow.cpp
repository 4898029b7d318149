// SPDX-License-Identifier: BSL-1.0
// rule: checked_integer_must_not_overflow

#include <bellman/scalar/checked.hpp>

#ifdef CONTROL
constexpr int factor = 2;
#else
constexpr int factor = 4;
#endif
constexpr bellman::checked<int> product = bellman::checked<int>(1 << 29) * factor;
