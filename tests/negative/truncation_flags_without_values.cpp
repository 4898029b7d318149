// SPDX-License-Identifier: BSL-1.0
// refused: a_truncated_episode_needs_the_value_of_the_state_after_it

#include <bellman/bellman.hpp>

#include <array>
#include <span>

constexpr std::array rewards{1.0, 1.0};
constexpr std::array cuts{false, true};
constexpr std::array after{0.0, 2.0};

constexpr auto returns = bellman::returns_to_go(rewards,
#ifdef CONTROL
                                                bellman::recorded_steps{.truncated = std::span(cuts),
                                                                        .value_after = std::span(after)},
#else
                                                bellman::recorded_steps{.truncated = std::span(cuts)},
#endif
                                                0.9);
