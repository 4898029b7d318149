// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>

#include <cstddef>
#include <vector>

namespace bellman {

/// What happened from a start state on: T actions and rewards, T + 1 states, and how it ended.
///
/// In `states[t]` the action `actions[t]` was taken, it brought `rewards[t]` and led to `states[t + 1]`. The last state
/// is terminal when the episode *terminated*; when it was *truncated* the process would have gone on from there.
///
/// *Use*:
///     bellman::episode<int, char, double>{{0, 1}, {'a'}, {2.5}, bellman::terminated{}}.size() == 1
template <class S, class A, class R>
struct episode {
  std::vector<S> states;
  std::vector<A> actions;
  std::vector<R> rewards;
  episode_ending ending;

  /// The number of steps, T.
  constexpr std::size_t size() const { return actions.size(); }

  constexpr bool has_terminated() const { return ending.is_terminated(); }

  friend bool operator==(episode const&, episode const&) = default;
};

}  // namespace bellman
