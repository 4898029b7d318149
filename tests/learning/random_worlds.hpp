// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/learning/learn_online.hpp>
#include <bellman/probability/uniform.hpp>

#include <random>
#include <vector>

#include "models/listed_mdp.hpp"

namespace learning_models {

/// A model of four states that go on for ever, with two actions of two outcomes each, and rewards of -3 to 3.
inline models::listed_mdp<double> random_world(unsigned seed) {
  std::mt19937 urbg(seed);
  auto const below = [&](unsigned n) { return static_cast<int>(urbg() % n); };
  models::listed_mdp<double> env;
  for (int s = 0; s < 4; ++s) {
    auto& actions = env.outcomes.emplace_back();
    for (int a = 0; a < 2; ++a) {
      double const p = (1 + below(7)) / 8.0;
      actions.push_back({{{1.0 * (below(7) - 3), below(4)}, p}, {{1.0 * (below(7) - 3), below(4)}, 1 - p}});
    }
  }
  return env;
}

/// An agent learns from steps of a policy, begun anew every 20 steps in each state in turn.
template <class Agent, class E, class Policy>
void learn_from_all_starts(Agent& agent, E const& env, Policy const& policy, int rounds) {
  std::mt19937 urbg(7);
  for (int k = 0; k < rounds; ++k) {
    bellman::learn_online(agent, env, policy, k % 4, urbg, bellman::step_limit{20});
  }
}

}  // namespace learning_models
