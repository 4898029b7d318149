// SPDX-License-Identifier: BSL-1.0
// refused: an_episode_has_rewards_ratios_and_an_ending

#include <bellman/evaluation/off_policy_evaluation.hpp>

#include <vector>

struct only_rewards {
  std::vector<double> rewards;
};

#ifdef CONTROL
bellman::logged_episode const episode{std::vector{1.0}, std::vector{0.5}};
#else
only_rewards const episode{{1.0}};
#endif

auto const value = bellman::importance_sampling(episode, 0.9);
