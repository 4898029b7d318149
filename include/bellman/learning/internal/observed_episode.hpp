// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

[[noreturn]] inline void a_truncated_episode_needs_the_action_after_it(std::size_t steps) {
  internal::refuse("bellman: the episode was truncated after " + std::to_string(steps) +
                   " steps, and the target reads the action taken next, which it does not have; use a target that " +
                   "does not, or observe its steps one by one");
}
[[noreturn]] inline void an_episode_must_have_as_many_states_as_steps_and_one_more(std::size_t states,
                                                                                  std::size_t actions,
                                                                                  std::size_t rewards) {
  internal::refuse("bellman: an episode of " + std::to_string(states) + " states, " + std::to_string(actions) +
                   " actions and " + std::to_string(rewards) + " rewards; there must be an action and a reward for " +
                   "each state but the last");
}

/// `check_lengths(e)`: refuses an episode whose lengths do not fit.
template <class S, class A, class R>
constexpr void check_lengths(episode<S, A, R> const& e) {
  bool const is_empty = e.states.size() < 2 && e.actions.empty() && e.rewards.empty();
  if (!is_empty && (e.states.size() != e.actions.size() + 1 || e.rewards.size() != e.actions.size())) {
    internal::an_episode_must_have_as_many_states_as_steps_and_one_more(e.states.size(), e.actions.size(),
                                                                        e.rewards.size());
  }
}

/// `check_episode<Agent>(e)`: refuses an episode whose lengths do not fit, or whose last step the agent cannot observe.
template <class Agent, class S, class A, class R>
constexpr void check_episode(episode<S, A, R> const& e) {
  internal::check_lengths(e);
  if constexpr (Agent::reads_next_action) {
    if (!e.has_terminated()) internal::a_truncated_episode_needs_the_action_after_it(e.size());
  }
}

/// `observe_steps(agent, e)`: the steps of an episode, one by one, as they were taken.
template <class Agent, class S, class A, class R>
constexpr void observe_steps(Agent& agent, episode<S, A, R> const& e) {
  std::size_t const n = e.size();
  for (std::size_t t = 0; t < n; ++t) {
    bool const is_last = t + 1 == n;
    if (is_last && e.has_terminated()) {
      agent.observe(e.states[t], e.actions[t], e.rewards[t], terminated{});
    } else if constexpr (Agent::reads_next_action) {
      agent.observe(e.states[t], e.actions[t], e.rewards[t], S(e.states[t + 1]), A(e.actions[t + 1]));
    } else if (is_last) {
      agent.observe(e.states[t], e.actions[t], e.rewards[t], truncated<S>{e.states[t + 1]});
    } else {
      agent.observe(e.states[t], e.actions[t], e.rewards[t], S(e.states[t + 1]));
    }
  }
}

}  // namespace bellman::internal
