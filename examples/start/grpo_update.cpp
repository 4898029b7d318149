// SPDX-License-Identifier: BSL-1.0
// A GRPO update of answers in which a tool wrote some of the tokens: the loss with a penalty for leaving a reference
// policy, its derivative by every log-probability, from which a backward pass begins, and the figures that are logged.

// clang-format off
// [block]
#include <bellman/bellman.hpp>
#include <bellman/conventions/arrays/kept_tokens.hpp>
#include <cstddef>
#include <ranges>
#include <vector>

namespace b = bellman;
using rows = std::vector<std::vector<double>>;  // a row for each answer, a number for each token

struct grpo_update {
  double loss, kl, clip_fraction, out_of_range, approximate_kl, without_signal;
  rows gradients;  // with respect to the log-probabilities, 0 for what a tool wrote
};

// `own` is 0 where a tool wrote the token; its log-probabilities are never read.
grpo_update update(std::vector<double> const& rewards, std::vector<int> const& prompts, rows const& log_probs,
                   rows const& old_log_probs, rows const& reference_log_probs,
                   std::vector<std::vector<int>> const& own, double clip, double beta) {
  b::grouping const groups(prompts);
  auto const advantages = b::grpo(rewards, groups);  // one an answer; 0 where all answers to a prompt are alike
  auto const answers = std::views::iota(std::size_t{0}, rewards.size());
  auto const kept = [&](auto& all) {  // of every row what the policy wrote itself, where it lies
    return answers | std::views::transform([&](std::size_t i) { return b::conventions::kept_tokens(all[i], own[i]); });
  };
  auto const tokens = [now = kept(log_probs), old = kept(old_log_probs), &advantages](std::size_t i) {
    return b::sampled_tokens{now[i], old[i], advantages[i]};
  };
  auto const batch = answers | std::views::transform(tokens);

  grpo_update u{};
  for (auto const& row : log_probs) u.gradients.emplace_back(row.size(), 0.0);
  rows of_kl = u.gradients;
  u.loss = b::policy_loss(batch, b::token_ratio{}, b::clipped{clip}, b::sequence_mean{}, kept(u.gradients)).value();
  // The value of k3 and the gradient of k2, both of which are right; `b::k3` alone is what GRPO was published with.
  u.kl = b::mean_loss(b::straight_through{b::k3, b::k2}, b::sequence_mean{}, kept(of_kl), kept(log_probs),
                      kept(reference_log_probs)).value();
  for (std::size_t i = 0; i < of_kl.size(); ++i)
    for (std::size_t t = 0; t < of_kl[i].size(); ++t) u.gradients[i][t] += beta * of_kl[i][t];
  u.loss += beta * u.kl;

  u.clip_fraction = b::clip_fraction(batch, b::token_ratio{}, b::clipped{clip}).value();
  u.out_of_range = b::out_of_range_fraction(batch, b::token_ratio{}, b::clipped{clip}).value();
  u.approximate_kl = b::approximate_kl(batch).value();
  u.without_signal = b::share_without_signal(rewards, groups);
  return u;
}
// [block]
// clang-format on

int main() {
  // Two prompts, two answers each; one answer to the first is right. What a tool wrote stands as 9.
  double const log_1_5 = 0.40546510810816438, log_2 = 0.69314718055994531, a = 0.70710678118654752;
  rows const old{{-1, 9, -2}, {-1, -2, 9}, {-1}, {9, -1}};
  rows const now{{-1, 9, -2 + log_1_5}, {-1, -2 + log_1_5, 9}, {-1}, {9, -1}};
  rows const reference{{-1, 9, -2 + log_1_5}, {-1, -2 + log_1_5, 9}, {-1 - log_2}, {9, -1}};
  auto const u = update({1, 0, 0, 0}, {7, 7, 8, 8}, now, old, reference, {{1, 0, 1}, {1, 1, 0}, {1}, {0, 1}}, 0.2, 0.1);

  // The advantages are a, -a, 0, 0, and each answer counts a quarter. Two of six tokens have a ratio of 1.5. That of
  // the first answer is clipped to 1.2 and has no gradient; that of the second, whose advantage is negative, is not
  // clipped: (-(1 + 1.2) a / 2 + (1 + 1.5) a / 2) / 4. The third answer is twice as likely as under the reference, so
  // that its k3 is 1/2 - 1 + ln 2.
  double const kl = (log_2 - 0.5) / 4;
  rows const gradients{{-a / 8, 0, 0}, {a / 8, 1.5 * a / 8, 0}, {0.1 * log_2 / 4}, {0, 0}};
  auto const near = [](double x, double y) { return x - y < 1e-14 && y - x < 1e-14; };
  bool right = near(u.loss, 0.15 * a / 4 + 0.1 * kl) && near(u.kl, kl) && near(u.clip_fraction, 1 / 6.0) &&
               near(u.out_of_range, 2 / 6.0) && near(u.approximate_kl, (0.5 - log_1_5) / 3) && u.without_signal == 0.5;
  for (std::size_t i = 0; i < gradients.size(); ++i)
    for (std::size_t t = 0; t < gradients[i].size(); ++t) right = right && near(u.gradients[i][t], gradients[i][t]);
  return right ? 0 : 1;
}
