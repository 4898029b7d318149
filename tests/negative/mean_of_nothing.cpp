// SPDX-License-Identifier: BSL-1.0
// rule: a_mean_needs_at_least_one_term

#include <bellman/loss/token_sum.hpp>

#include <array>

#ifdef CONTROL
constexpr std::array<double, 1> losses{1.0};
#else
constexpr std::array<double, 0> losses{};
#endif

constexpr double mean = bellman::token_sum(losses).value();
