// SPDX-License-Identifier: BSL-1.0
// refused: this_estimate_takes_a_range_of_episodes

#include <bellman/evaluation/off_policy_evaluation.hpp>

#include <array>
#include <vector>

bellman::logged_episode const episode{std::vector{1.0}, std::vector{0.5}};

#ifdef CONTROL
auto const value = bellman::weighted_importance_sampling(std::array{episode}, 0.9);
#else
auto const value = bellman::weighted_importance_sampling(episode, 0.9);
#endif
