// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <ranges>

namespace learning_models {

/// Three states, two actions and an end, 3. With probability (1 + a) / 3 an action leads one state on, else two states;
/// if it `Returns`, back to the first one in place of two on. With everything known the steps of a learner can be
/// enumerated.
template <class F, bool Returns = false>
struct small_world {
  using state_type = int;
  using action_type = int;
  using reward_type = F;

  constexpr auto states() const { return std::views::iota(0, 4); }
  constexpr auto actions(int) const { return std::array{0, 1}; }
  constexpr bool terminal(int s) const { return s == 3; }
  constexpr auto start() const { return bellman::dirac{0}; }
  constexpr auto transition(int s, int a) const {
    F const p = F(1 + a) / F(3);
    int const far = Returns ? 0 : s == 0 ? 2 : 3;
    return std::array{bellman::weighted{bellman::outcome{F(s - 2 * a), s + 1}, p},
                      bellman::weighted{bellman::outcome{F(3 * s + a), far}, F(1) - p}};
  }
};

/// Takes action 0 with probability (1 + s) / 5.
template <class F>
constexpr auto some_policy = [](int s) {
  F const p = F(1 + s) / F(5);
  return bellman::categorical(std::array{bellman::weighted{0, p}, bellman::weighted{1, F(1) - p}});
};
/// Takes action 0 with probability 1/2.
template <class F>
constexpr auto other_policy = [](int) {
  return bellman::categorical(std::array{bellman::weighted{0, F(1) / F(2)}, bellman::weighted{1, F(1) / F(2)}});
};

/// Calls `f(p, a, reward, next)` for all that may happen in a state under a policy.
template <class E, class Policy, class F>
constexpr void each_step(E const& env, Policy const& policy, int s, F const& f) {
  for (auto const& a : policy(s)) {
    for (auto const& o : env.transition(s, a.value)) {
      f(a.probability * o.probability, a.value, o.value.reward, o.value.next);
    }
  }
}

/// A learner observes a step from s, with the action taken next if it is given.
template <class Learner, class E, class R, class... Next>
constexpr auto observed(Learner agent, E const& env, int s, int a, R const& r, int next, Next... next_action) {
  if (env.terminal(next)) {
    agent.observe(s, a, r, bellman::terminated{});
  } else {
    agent.observe(s, a, r, next, next_action...);
  }
  return agent;
}

}  // namespace learning_models
