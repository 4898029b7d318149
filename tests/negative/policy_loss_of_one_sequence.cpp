// SPDX-License-Identifier: BSL-1.0
// refused: a_batch_is_a_range_of_sampled_tokens_one_for_each_sequence

#include <bellman/loss/policy_loss.hpp>

#include <array>

using row = std::array<double, 2>;

constexpr bellman::sampled_tokens<row, row, row> tokens{row{-1.0, -2.0}, row{-1.0, -2.0}, row{0.5, -0.5}};
#ifdef CONTROL
constexpr std::array batch{tokens};
#else
constexpr auto batch = tokens;
#endif

constexpr double loss =
    bellman::policy_loss(batch, bellman::token_ratio{}, bellman::clipped{0.2}, bellman::token_mean{}).value();
