// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/action.hpp>
#include <bellman/decision/internal/an_environment.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/decision/state.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

/// The type of an environment's rewards.
template <class E>
using reward_t = typename E::reward_type;

/// What an agent acts in: `p(s', r | s, a)`.
///
/// Minimal definition: the types `state_type`, `action_type`, `reward_type`;
///  - `actions(s)`: a range of the actions that may be taken in `s`;
///  - `transition(s, a)`: a distribution over `outcome{reward, next}`;
///  - `terminal(s)`: whether an episode ends in `s`.
///
/// Axioms:
///  1. `transition(s, a)` depends on `s` and `a` alone (the Markov property);
///  2. a state that is not terminal has an action;
///  3. a terminal state's value is 0 by definition: its actions and transitions are never asked for.
///
/// Models: any struct with these members, `tabular_environment`, `token_environment`, `rewarded_environment`.
template <class E>
concept environment = internal::accepts<internal::an_environment<E>>;

/// The distribution over outcomes that an environment's `transition` returns.
template <environment E>
using transition_t = std::remove_cvref_t<decltype(std::declval<E const&>().transition(
    std::declval<state_t<E> const&>(), std::declval<action_t<E> const&>()))>;

/// An environment that can list its states.
///
/// Minimal definition: `environment<E>` and `states()`, a range of all states, each once.
/// Axiom: every next state of a transition is among them.
template <class E>
concept finite_environment = environment<E> && requires(E const& e) {
  { e.states() } -> std::ranges::input_range;
  requires internal::stands_for<std::ranges::range_reference_t<decltype(e.states())>, state_t<E>>;
};

/// An environment in which an action's outcome is certain: `transition` returns a `dirac`.
template <class E>
concept deterministic_environment =
    environment<E> && std::same_as<transition_t<E>, dirac<support_t<transition_t<E>>>>;

/// An environment whose episodes begin by chance.
///
/// Minimal definition: `environment<E>` and `start()`, a distribution over states.
/// Axiom: an episode begins in a state drawn from `start()`, and ends in a terminal state.
template <class E>
concept episodic_environment = environment<E> && requires(E const& e) {
  { e.start() } -> distribution_over<state_t<E>>;
};

}  // namespace bellman
