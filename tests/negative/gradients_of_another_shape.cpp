// SPDX-License-Identifier: BSL-1.0
// rule: there_must_be_a_gradient_for_each_token

#include <bellman/loss/policy_loss.hpp>

#include <array>
#include <cstddef>

using row = std::array<double, 2>;

constexpr std::array batch{bellman::sampled_tokens{row{-1.0, -2.0}, row{-1.0, -2.0}, row{0.5, -0.5}}};
#ifdef CONTROL
constexpr std::size_t n = 2;
#else
constexpr std::size_t n = 3;
#endif

constexpr double first_gradient() {
  std::array<std::array<double, n>, 1> gradients{};
  bellman::policy_loss(batch, bellman::token_ratio{}, bellman::clipped{0.2}, bellman::token_mean{}, gradients);
  return gradients[0][0];
}
constexpr double gradient = first_gradient();
