// SPDX-License-Identifier: BSL-1.0
// refused: a_modelled_episode_has_action_values_and_state_values_besides

#include <bellman/evaluation/off_policy_evaluation.hpp>

#include <vector>

std::vector const one{1.0};

#ifdef CONTROL
bellman::modelled_episode const episode{one, one, one, one};
#else
bellman::logged_episode const episode{one, one};
#endif

auto const value = bellman::doubly_robust(episode, 0.9);
