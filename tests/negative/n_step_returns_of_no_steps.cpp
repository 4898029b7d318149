// SPDX-License-Identifier: BSL-1.0
// rule: a_return_must_have_at_least_one_step

#include <bellman/bellman.hpp>

#include <array>

#ifdef CONTROL
constexpr std::size_t n = 1;
#else
constexpr std::size_t n = 0;
#endif

constexpr std::array rewards{1.0, 1.0};
constexpr auto returns = bellman::n_step_returns(rewards, rewards, bellman::terminated{}, n, 0.9);
