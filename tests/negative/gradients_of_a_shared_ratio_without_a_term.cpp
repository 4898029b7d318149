// SPDX-License-Identifier: BSL-1.0
// refused: the_gradient_of_a_ratio_that_a_sequence_shares_needs_its_term_and_its_of_sum

#include <bellman/loss/policy_loss.hpp>

#include <array>

using row = std::array<double, 2>;

constexpr std::array batch{bellman::sampled_tokens{row{-1.0, -2.0}, row{-1.0, -2.0}, row{0.5, -0.5}}};
#ifdef CONTROL
constexpr bellman::sequence_ratio ratio;
#else
constexpr auto ratio = [](auto const& tokens) {
  return bellman::common_ratio{bellman::exp(tokens.log_probs[0] - tokens.old_log_probs[0])};
};
#endif

constexpr double first_gradient() {
  std::array<row, 1> gradients{};
  bellman::policy_loss(batch, ratio, bellman::clipped{0.2}, bellman::token_mean{}, gradients);
  return gradients[0][0];
}
constexpr double gradient = first_gradient();
