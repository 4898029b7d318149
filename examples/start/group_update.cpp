// SPDX-License-Identifier: BSL-1.0
// The block of the learning room's README: from rewards to a loss and its gradient, for two prompts with two answers
// each.

// clang-format off
// [block]
#include <bellman/bellman.hpp>
#include <vector>

namespace b = bellman;
using D = b::dual<double>;  // a number with a derivative

// Two prompts, two answers each: their rewards, and for each token the log-probability under the policy that wrote it.
std::vector<double> const rewards{1, 0, 0, 0};
std::vector<int> const prompts{7, 7, 8, 8};
std::vector<std::vector<double>> const old_log_probs{{-1.0, -0.5}, {-2.0}, {-1.0}, {-0.1, -0.2, -0.3}};

// The loss of the policy that gives these log-probabilities, and its derivative in their common direction.
D loss(std::vector<std::vector<D>> const& log_probs) {
  auto const advantages = b::grpo(rewards, b::grouping(prompts));  // one an answer
  b::batch_mean<b::token_mean, D> all{};
  for (std::size_t i = 0; i < rewards.size(); ++i) {
    std::vector answer{b::sampled_tokens{log_probs[i], old_log_probs[i], advantages[i]}};  // one for all its tokens
    all += b::policy_loss(answer, b::token_ratio{}, b::clipped{0.2}, b::token_mean{});
  }
  return all.value();
}
// [block]
// clang-format on

int main() {
  // The policy has not moved: every ratio is 1. The first prompt's answers have the advantages 1 and -1 over the root
  // of 2, the second's 0; of seven tokens two and one count.
  std::vector<std::vector<D>> log_probs;
  for (auto const& answer : old_log_probs) log_probs.emplace_back(answer.begin(), answer.end());
  log_probs[0][1] = D::variable(-0.5);
  D const l = loss(log_probs);
  double const a = 0.70710678118654752;
  auto const near = [](double x, double y) { return x - y < 1e-15 && y - x < 1e-15; };
  return near(l.value, -(2 * a - a) / 7) && near(l.derivative[0], -a / 7) ? 0 : 1;
}
