// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/action.hpp>
#include <bellman/decision/state.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/probability/dirac.hpp>

#include <type_traits>
#include <utility>

namespace bellman::internal {

/// What a policy answers a state of an environment with.
template <class P, class E>
using answer_t = std::remove_cvref_t<decltype(std::declval<P const&>()(std::declval<state_t<E> const&>()))>;

/// Whether that is an action, and not a distribution over actions.
template <class P, class E>
concept answers_with_an_action = requires {
  typename answer_t<P, E>;
}
&&stands_for<answer_t<P, E>, action_t<E>>;

/// `answer_distribution<E>(policy, s)`: what a policy answers as a distribution, that of an action being certain of it;
/// weights that stand in a plain range are not checked yet.
template <class E, class P>
constexpr auto answer_distribution(P const& policy, state_t<E> const& s) {
  if constexpr (answers_with_an_action<P, E>) {
    return dirac<action_t<E>>(static_cast<action_t<E>>(policy(s)));
  } else {
    return policy(s);
  }
}

}  // namespace bellman::internal
