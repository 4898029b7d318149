// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>

namespace bellman {

/// One episode as it was logged: `rewards[t]`, the ratio `ratios[t]` of its action, how it ended.
///
/// Both are random-access ranges of one length, by value or as spans. In a batch every ending is of one type; there
/// `truncated{0.0}` stands for an end.
template <class Rewards, class Ratios, class Ending = terminated>
struct logged_episode {
  Rewards rewards;
  Ratios ratios;
  Ending ending{};
};
template <class Rewards, class Ratios>
logged_episode(Rewards, Ratios) -> logged_episode<Rewards, Ratios>;
template <class Rewards, class Ratios, class Ending>
logged_episode(Rewards, Ratios, Ending) -> logged_episode<Rewards, Ratios, Ending>;

/// A logged episode beside a model of the target policy's value: `action_values[t]` is `Q(S_t, A_t)`, `state_values[t]`
/// is `V(S_t) = sum_a pi(a | S_t) Q(S_t, a)`.
template <class Rewards, class Ratios, class ActionValues, class StateValues, class Ending = terminated>
struct modelled_episode {
  Rewards rewards;
  Ratios ratios;
  ActionValues action_values;
  StateValues state_values;
  Ending ending{};
};
template <class R, class P, class Q, class V>
modelled_episode(R, P, Q, V) -> modelled_episode<R, P, Q, V>;
template <class R, class P, class Q, class V, class Ending>
modelled_episode(R, P, Q, V, Ending) -> modelled_episode<R, P, Q, V, Ending>;

}  // namespace bellman
