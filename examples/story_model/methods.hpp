// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/bellman.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

// How the tokens of some stories are credited with what the stories earned.
namespace story_model {

using token_rows = std::vector<std::vector<float>>;

/// What is known of a batch of stories: a reward for each, and rows with a number for each of a story's own tokens.
struct scored {
  std::vector<float> rewards{};
  std::size_t group = 1;  ///< how many stories that follow one another are compared
  token_rows log_probs{}, reference_log_probs{};
  token_rows values{};  ///< a critic's, of what stands before each token

  bellman::grouping groups() const { return bellman::grouping::consecutive(rewards.size(), group); }
};

/// An advantage for each token and, for a critic, what it should have said.
struct credit {
  token_rows advantages{};
  token_rows returns{};
};

/// A method: its credit, and what a nat of the divergence from the original model costs, once as a part of the loss,
/// exactly, once as a part of the rewards, by the estimate k1.
struct method {
  std::string_view name;
  std::string_view title;
  double in_loss;
  double in_rewards;
  bool has_critic;
  credit (*credit_of)(scored const&, double in_rewards);
};

namespace detail {

inline credit for_all_tokens(std::vector<float> const& of_stories, scored const& s) {
  credit c;
  for (std::size_t k = 0; k < of_stories.size(); ++k) {
    c.advantages.emplace_back(s.log_probs[k].size(), of_stories[k]);
  }
  return c;
}

inline std::vector<float> shaped_rewards(scored const& s, std::size_t k, double beta) {
  return bellman::kl_shaped_rewards(bellman::outcome_rewards(s.log_probs[k].size(), s.rewards[k]), s.log_probs[k],
                                    s.reference_log_probs[k], static_cast<float>(beta));
}

inline credit by_grpo(scored const& s, double) { return for_all_tokens(bellman::grpo(s.rewards, s.groups()), s); }
inline credit by_rloo(scored const& s, double) { return for_all_tokens(bellman::rloo(s.rewards, s.groups()), s); }

inline credit by_reinforce_plus_plus(scored const& s, double beta) {
  token_rows rewards;
  for (std::size_t k = 0; k < s.rewards.size(); ++k) rewards.push_back(shaped_rewards(s, k, beta));
  return {bellman::reinforce_plus_plus(rewards, 1.0f), {}};
}

// A story's end is an end: what would have come behind its longest length earns nothing.
inline credit by_ppo(scored const& s, double beta) {
  credit c;
  for (std::size_t k = 0; k < s.rewards.size(); ++k) {
    auto estimates =
        bellman::gae(shaped_rewards(s, k, beta), s.values[k], bellman::terminated{}, {.gamma = 1.0f, .lambda = 0.99f});
    c.advantages.push_back(std::move(estimates.advantages));
    c.returns.push_back(std::move(estimates.returns));
  }
  c.advantages = bellman::whiten(c.advantages);
  return c;
}

}  // namespace detail

inline constexpr std::array methods{
    method{"grpo", "GRPO", 0.05, 0, false, &detail::by_grpo},
    method{"rloo", "RLOO", 0.02, 0, false, &detail::by_rloo},
    method{"reinforce_plus_plus", "REINFORCE++", 0, 0.012, false, &detail::by_reinforce_plus_plus},
    method{"ppo", "PPO", 0.05, 0, true, &detail::by_ppo},
};

}  // namespace story_model
