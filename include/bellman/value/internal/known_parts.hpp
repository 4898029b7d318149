// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::internal {

// What a table and what is solved over it say of their parts, so that less need be computed. Of other types nothing is
// known: no member of theirs means it.

/// Whether a distribution over outcomes has their mean reward: `d.mean_reward()`.
template <class D>
inline constexpr bool knows_its_mean_reward = false;

/// Whether a policy finds its answer by the actions of a state, `policy.over(actions)`, without the state.
template <class Policy>
inline constexpr bool answers_over_actions = false;

/// Whether a value function is sure to be 0 in terminal states, which spares the question whether a state is one.
template <class V>
inline constexpr bool is_zero_in_terminal_states = false;

}  // namespace bellman::internal
