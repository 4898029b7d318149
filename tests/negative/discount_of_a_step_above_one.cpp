// SPDX-License-Identifier: BSL-1.0
// rule: each_must_lie_between_zero_and_one

#include <bellman/bellman.hpp>

#include <array>
#include <span>

#ifdef CONTROL
constexpr std::array discounts{0.9, 0.0};
#else
constexpr std::array discounts{0.9, 1.1};
#endif

constexpr std::array rewards{1.0, 1.0};
constexpr auto returns = bellman::returns_to_go(rewards, bellman::terminated{}, std::span(discounts));
