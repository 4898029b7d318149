// SPDX-License-Identifier: BSL-1.0
// refused: a_truncated_episode_needs_the_value_of_the_state_after_it

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr bellman::truncated ending{2.0};
#else
constexpr bellman::truncated ending{};
#endif

constexpr std::array rewards{1.0, 1.0};
constexpr std::array values{0.5, 0.5};
constexpr auto estimates = bellman::gae(rewards, values, ending, {.gamma = 0.9, .lambda = 0.9});
