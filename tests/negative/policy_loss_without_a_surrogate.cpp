// SPDX-License-Identifier: BSL-1.0
// refused: a_surrogate_must_give_a_number_for_a_ratio_and_an_advantage

#include <bellman/loss/policy_loss.hpp>

#include <array>

using row = std::array<double, 2>;

constexpr std::array batch{bellman::sampled_tokens{row{-1.0, -2.0}, row{-1.0, -2.0}, row{0.5, -0.5}}};
#ifdef CONTROL
constexpr auto surrogate = [](double ratio, double advantage) { return ratio * advantage; };
#else
constexpr auto surrogate = [](double advantage) { return advantage; };
#endif

constexpr auto loss = bellman::policy_loss(batch, bellman::token_ratio{}, surrogate, bellman::token_mean{});
