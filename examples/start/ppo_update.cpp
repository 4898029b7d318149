// SPDX-License-Identifier: BSL-1.0
// Proximal policy optimisation: a recording of eight environments, losses, gradients, what is logged. Policy and critic
// are tables here; with networks, what reads `logits` and `critic` and what follows their slopes is another.

#include <array>
#include <bellman/bellman.hpp>
#include <bellman/experience/autoreset.hpp>
#include <bellman/experience/minibatches.hpp>
#include <bellman/experience/vectorised_environment.hpp>
#include <cstdio>
#include <random>
#include <span>
#include <vector>

namespace b = bellman;

struct corridor {  // seven rooms in a row; the last one, to the right, is the way out, and each step costs 1
  using state_type = std::size_t;
  using action_type = std::size_t;  // 0 to the left, 1 to the right
  using reward_type = double;

  auto start() const { return b::uniform(std::array<std::size_t, 3>{0, 1, 2}); }
  auto actions(std::size_t) const { return std::array<std::size_t, 2>{0, 1}; }
  bool terminal(std::size_t s) const { return s == 6; }
  auto transition(std::size_t s, std::size_t a) const {
    return b::dirac{b::outcome{-1.0, a == 1 ? s + 1 : s == 0 ? s : s - 1}};
  }
};

std::vector<std::array<double, 2>> logits(7);  // of a state's actions
std::vector<double> critic(7);                 // values of the states

int main() {
  std::mt19937 urbg(1);
  auto const policy = [](std::size_t s) { return b::softmax(logits[s]); };
  auto together = b::vectorised(corridor{}, 8, b::same_step_autoreset{}, urbg, b::step_limit{50});

  for (int update = 0; update < 30; ++update) {
    auto const r = together.record(64, policy, urbg);  // arrays [64][8]
    std::vector<double> values, old_log_probs;
    for (std::size_t const s : r.states()) values.push_back(critic[s]);
    for (std::size_t k = 0; k < 64 * 8; ++k) old_log_probs.push_back(b::log_softmax(logits[r.state(k)], r.action(k)));
    auto const [advantages, returns] =
        b::gae(r.rewards(), r.of_steps(values), r.steps(values), {.gamma = 0.99, .lambda = 0.95});

    b::batch_mean<b::token_mean, double> kl{}, clipped{};
    for (int epoch = 0; epoch < 4; ++epoch) {
      for (auto const places : b::minibatches(r.transitions(), 64, urbg)) {
        std::vector<double> log_probs, old, chosen, now, before, targets;
        for (std::size_t const k : places) {
          log_probs.push_back(b::log_softmax(logits[r.state(k)], r.action(k)));
          old.push_back(old_log_probs[k]);
          chosen.push_back(advantages[k]);
          now.push_back(critic[r.state(k)]);
          before.push_back(values[k]);
          targets.push_back(returns[k]);
        }
        chosen = b::whiten(chosen);
        std::array const batch{b::sampled_tokens{std::span(log_probs), std::span(old), std::span(chosen)}};
        std::array policy_slopes{std::vector<double>(places.size())}, value_slopes = policy_slopes;
        b::policy_loss(batch, b::token_ratio{}, b::clipped{0.2}, b::token_mean{}, policy_slopes);
        b::mean_loss(b::clipped_value_loss{5.0}, b::token_mean{}, value_slopes, std::array{now}, std::array{before},
                     std::array{targets});
        kl += b::approximate_kl(batch);
        clipped += b::clip_fraction(batch, b::token_ratio{}, b::clipped{0.2});
        auto next_logits = logits;  // d log p_a / d z_j is 1 where j is a, less p_j
        for (std::size_t i = 0; i < places.size(); ++i) {
          std::size_t const s = r.state(places[i]), a = r.action(places[i]);
          for (auto const& [j, p] : policy(s)) next_logits[s][j] -= 3 * policy_slopes[0][i] * ((a == j) - p);
          critic[s] -= 2 * value_slopes[0][i];
        }
        logits = next_logits;
      }
    }
    std::printf("update %2d: %3zu episodes, KL %.4f, clipped %4.1f %%, explained variance %5.2f\n", update,
                r.finished().size(), kl.value(), 100 * clipped.value(),
                b::explained_variance(std::span(values).first(64 * 8), returns));
  }
  return policy(0).begin()->probability < 0.1 && critic[0] < -5 && critic[5] > -1.5 ? 0 : 1;
}
