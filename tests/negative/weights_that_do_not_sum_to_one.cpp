// SPDX-License-Identifier: BSL-1.0
// rule: weights_must_sum_to_one

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr double rest = 0.75;
#else
constexpr double rest = 0.5;
#endif

constexpr bellman::categorical coin{std::array{bellman::weighted{0, 0.25}, bellman::weighted{1, rest}}};
