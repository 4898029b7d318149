// SPDX-License-Identifier: BSL-1.0
// expect: the width of a register is a power of two

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr bellman::in_register<4> order{};
#else
constexpr bellman::in_register<3> order{};
#endif
