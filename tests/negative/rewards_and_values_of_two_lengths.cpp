// SPDX-License-Identifier: BSL-1.0
// rule: rewards_and_values_must_be_of_one_length

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr std::array values{0.5, 0.5};
#else
constexpr std::array values{0.5, 0.5, 0.5};
#endif

constexpr std::array rewards{1.0, 1.0};
constexpr auto estimates = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.9, .lambda = 0.9});
