// SPDX-License-Identifier: BSL-1.0
// rule: there_must_be_one_for_each_reward

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr std::array values{0.5, 0.5};
#else
constexpr std::array values{0.5, 0.5, 0.5};
#endif

constexpr std::array rewards{1.0, 1.0};
constexpr auto estimates = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.9, .lambda = 0.9});
