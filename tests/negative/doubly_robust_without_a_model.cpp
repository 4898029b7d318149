// SPDX-License-Identifier: BSL-1.0
// expect: bellman: doubly_robust\(x, gamma\) reads an episode, which has .*\.action_values, \.state_values

#include <bellman/evaluation/off_policy_evaluation.hpp>

#include <vector>

std::vector const one{1.0};

#ifdef CONTROL
bellman::modelled_episode const episode{one, one, one, one};
#else
bellman::logged_episode const episode{one, one};
#endif

auto const value = bellman::doubly_robust(episode, 0.9);
