// SPDX-License-Identifier: BSL-1.0
// refused: a_ratio_must_give_a_function_of_a_log_probability_and_the_old_one

#include <bellman/loss/policy_loss.hpp>

#include <array>

using row = std::array<double, 2>;

constexpr std::array batch{bellman::sampled_tokens{row{-1.0, -2.0}, row{-1.0, -2.0}, row{0.5, -0.5}}};
#ifdef CONTROL
constexpr auto ratio = [](auto const&) { return [](double, double) { return 1.0; }; };
#else
constexpr auto ratio = [](double, double) { return 1.0; };
#endif

constexpr auto loss = bellman::policy_loss(batch, ratio, bellman::clipped{0.2}, bellman::token_mean{});
