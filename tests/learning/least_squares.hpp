// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>

#include <boost/rational.hpp>

namespace learning_models {

/// An agent observes every step that a policy may take from each state, 15 counts(s) of them, each as often as it is
/// likely in a `small_world` under `some_policy`.
template <class Agent, class E, class Policy, class Counts>
void see_all(Agent& agent, E const& env, Policy const& policy, Counts const& counts) {
  for (int s = 0; s < 3; ++s) {
    for (auto const& a : policy(s)) {
      for (auto const& o : env.transition(s, a.value)) {
        auto const share = 15 * counts(s) * a.probability * o.probability;
        for (auto k = share; k > 0; k = k - 1) {
          if (env.terminal(o.value.next)) {
            agent.observe(s, a.value, o.value.reward, bellman::terminated{});
          } else {
            agent.observe(s, a.value, o.value.reward, o.value.next);
          }
        }
      }
    }
  }
}

}  // namespace learning_models
