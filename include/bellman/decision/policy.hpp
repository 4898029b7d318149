// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/a_policy.hpp>
#include <bellman/decision/internal/answer.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/with_checked_weights.hpp>

namespace bellman {

/// A policy that answers a state with an action.
///
/// Minimal definition: `policy(s)` converts to `action_type`.
template <class P, class E>
concept deterministic_policy_for = environment<E> && internal::answers_with_an_action<P, E>;

/// A policy that answers a state with a distribution over actions: `pi(a | s)`.
///
/// Minimal definition: `policy(s)` is a distribution whose values convert to `action_type`.
template <class P, class E>
concept stochastic_policy_for =
    environment<E> && internal::accepts<internal::a_policy_for<P, E>> && !deterministic_policy_for<P, E>;

/// How actions are chosen in the states of an environment: a callable of a state.
///
/// Minimal definition: `policy(s)` is an action, or a distribution over actions.
///
/// Axioms:
///  1. the answer depends on the state alone;
///  2. it names actions from `actions(s)` only; it is asked for in states that are not terminal.
///
/// Models: any such callable, `greedy_policy`, `optimal_policy`, `tabular_policy`, `policy_gradient_agent`.
template <class P, class E>
concept policy_for = environment<E> && internal::accepts<internal::a_policy_for<P, E>>;

namespace detail {

template <class E>
struct action_distribution_fn {
  template <class P, class = typename internal::a_policy_for<P, E>::type::yes>
  constexpr auto operator()(P const& policy, state_t<E> const& s) const {
    return with_checked_weights(internal::answer_distribution<E>(policy, s), s);
  }
};

}  // namespace detail

/// `action_distribution<E>(policy, s)`: `pi(. | s)`, what a policy answers as a distribution: one that is certain where
/// it answers with an action.
///
/// *Arguments*: `E`: an environment; a policy for it; a state that is not terminal.
/// *Errors*: `invalid_value` for weights that stand in a plain range and are no distribution.
/// *Cost*: one call of the policy.
/// *Use*:
///     bellman::action_distribution<bellman::token_dynamics<bellman::vocabulary<std::vector<std::string>>>>(
///         [](bellman::context const&) { return 1; }, bellman::context{}) == bellman::dirac{bellman::token{1}}
template <environment E>
inline constexpr detail::action_distribution_fn<E> action_distribution{};

}  // namespace bellman
