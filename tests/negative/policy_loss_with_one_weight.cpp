// SPDX-License-Identifier: BSL-1.0
// refused: the_weights_of_tokens_are_a_row_of_numbers

#include <bellman/loss/policy_loss.hpp>

#include <array>

using row = std::array<double, 2>;

#ifdef CONTROL
constexpr row weight{0.5, 0.5};
#else
constexpr double weight = 0.5;
#endif
constexpr std::array batch{bellman::sampled_tokens{row{-1.0, -2.0}, row{-1.0, -2.0}, row{0.5, -0.5}, weight}};

constexpr double loss =
    bellman::policy_loss(batch, bellman::token_ratio{}, bellman::clipped{0.2}, bellman::token_mean{}).value();
