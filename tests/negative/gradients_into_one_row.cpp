// SPDX-License-Identifier: BSL-1.0
// refused: gradients_are_rows_that_numbers_can_be_written_to_one_for_each_sequence

#include <bellman/loss/policy_loss.hpp>

#include <array>

using row = std::array<double, 2>;

constexpr std::array batch{bellman::sampled_tokens{row{-1.0, -2.0}, row{-1.0, -2.0}, row{0.5, -0.5}}};
#ifdef CONTROL
using memory = std::array<row, 1>;
#else
using memory = row;
#endif

constexpr memory gradients_of() {
  memory gradients{};
  bellman::policy_loss(batch, bellman::token_ratio{}, bellman::clipped{0.2}, bellman::token_mean{}, gradients);
  return gradients;
}
constexpr memory gradients = gradients_of();
