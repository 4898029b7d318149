// SPDX-License-Identifier: BSL-1.0
// rule: there_must_be_one_weight_for_each_value

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr std::array lengths{3, 5};
#else
constexpr std::array lengths{3, 5, 2};
#endif

constexpr std::array rewards{1.0, 0.0};
constexpr auto advantages = bellman::opo(rewards, lengths);
