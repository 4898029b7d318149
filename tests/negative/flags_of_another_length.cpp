// SPDX-License-Identifier: BSL-1.0
// rule: there_must_be_one_for_each_reward

#include <bellman/bellman.hpp>

#include <array>
#include <span>

#ifdef CONTROL
constexpr std::array ends{false, true};
#else
constexpr std::array ends{false, false, true};
#endif

constexpr std::array rewards{1.0, 1.0};
constexpr auto returns =
    bellman::returns_to_go(rewards, bellman::recorded_steps{.terminated = std::span(ends)}, 0.9);
