// SPDX-License-Identifier: BSL-1.0
// rule: weights_must_not_be_negative

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr double first = 0.25;
#else
constexpr double first = -0.25;
#endif

constexpr bellman::categorical coin{std::array{bellman::weighted{0, first}, bellman::weighted{1, 1.0 - first}}};
