// SPDX-License-Identifier: BSL-1.0
// refused: n_is_an_integer_and_gamma_is_none
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/n_step_returns.hpp>

#include <array>

constexpr std::array rewards{1.0, 1.0};
#ifdef CONTROL
constexpr auto returns = bellman::n_step_returns(rewards, rewards, bellman::terminated{}, 1, 0.5);
#else
constexpr auto returns = bellman::n_step_returns(rewards, rewards, bellman::terminated{}, 0.5, 1);
#endif
