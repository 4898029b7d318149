// SPDX-License-Identifier: BSL-1.0
// refused: these_are_neither_steps_nor_an_ending

#include <bellman/bellman.hpp>

#include <array>
#include <span>

constexpr std::array rewards{1.0, 1.0};
constexpr std::array values{0.5, 0.5};
constexpr std::array ends{false, true};

constexpr auto estimates = bellman::gae(rewards, values,
#ifdef CONTROL
                                        bellman::recorded_steps{.terminated = std::span(ends)},
#else
                                        ends,
#endif
                                        {.gamma = 0.9, .lambda = 0.9});
