// SPDX-License-Identifier: BSL-1.0
// rule: lambda_must_lie_between_zero_and_one

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr double decay = 0.9;
#else
constexpr double decay = 1.5;
#endif

constexpr std::array rewards{1.0, 1.0};
constexpr std::array values{0.5, 0.5};
constexpr auto estimates = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.9, .lambda = decay});
