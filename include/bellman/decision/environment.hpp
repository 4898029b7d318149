// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/field.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

/// What a decision is based on. Minimal definition: copyable, `==`.
///
/// To be found quickly in a table, a state is an integer, an enumerator, an array of such, or has a constexpr member
/// `hash()`, a `std::hash` or a `<`, which must agree with `==`; see `state_index`.
template <class S>
concept state = std::copyable<S> && std::equality_comparable<S>;

/// What an agent chooses. Minimal definition: copyable, `==`.
template <class A>
concept action = std::copyable<A> && std::equality_comparable<A>;

template <class E>
using state_t = typename E::state_type;
template <class E>
using action_t = typename E::action_type;
template <class E>
using reward_t = typename E::reward_type;

namespace detail {

template <class E>
concept names_its_types = requires {
  typename E::state_type;
  typename E::action_type;
  typename E::reward_type;
};
template <class E>
concept has_states_and_actions = state<state_t<E>> && action<action_t<E>>;
template <class E>
concept has_actions = requires(E const& e, state_t<E> const& s) { e.actions(s); };
template <class E>
concept actions_are_a_range = requires(E const& e, state_t<E> const& s) {
  { e.actions(s) } -> std::ranges::input_range;
  requires std::convertible_to<std::ranges::range_reference_t<decltype(e.actions(s))>, action_t<E>>;
};
template <class E>
concept has_terminal = requires(E const& e, state_t<E> const& s) {
  { e.terminal(s) } -> std::convertible_to<bool>;
};
template <class E>
concept has_transition = requires(E const& e, state_t<E> const& s, action_t<E> const& a) { e.transition(s, a); };
template <class E>
concept transition_is_a_distribution = requires(E const& e, state_t<E> const& s, action_t<E> const& a) {
  { e.transition(s, a) } -> distribution;
};
template <class O, class E>
concept outcome_of = requires(O const& o) {
  { o.reward } -> std::convertible_to<reward_t<E>>;
  { o.next } -> std::convertible_to<state_t<E>>;
};
template <class E>
concept transition_gives_outcomes = requires(E const& e, state_t<E> const& s, action_t<E> const& a) {
  requires outcome_of<support_t<decltype(e.transition(s, a))>, E>;
};

}  // namespace detail

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
concept environment =
    detail::names_its_types<E> && detail::has_states_and_actions<E> && detail::has_actions<E> &&
    detail::actions_are_a_range<E> && detail::has_terminal<E> && detail::has_transition<E> &&
    detail::transition_is_a_distribution<E> && detail::transition_gives_outcomes<E>;

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
  requires std::convertible_to<std::ranges::range_reference_t<decltype(e.states())>, state_t<E>>;
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

namespace detail {

// One static_assert for each thing that can be missing, in the order in which it would be written, and none after the
// first: a concept's own diagnosis is longer, and its first line does not name what is missing.
template <class P, class R>
concept can_weigh = !field<P> || std::integral<R> || requires(P const& p, scalar_t<R> const& x) { p * x; };

template <class E>
consteval bool check_environment() {
  if constexpr (!names_its_types<E>) {
    static_assert(internal::refused<E>, "bellman: an environment names its types: state_type, action_type and reward_type");
  } else if constexpr (!has_states_and_actions<E>) {
    static_assert(internal::refused<E>, "bellman: state_type and action_type must be copyable and have ==");
  } else if constexpr (!has_actions<E>) {
    static_assert(internal::refused<E>, "bellman: the environment has no actions(state) const");
  } else if constexpr (!actions_are_a_range<E>) {
    static_assert(internal::refused<E>, "bellman: actions(state) must return a range of action_type");
  } else if constexpr (!has_terminal<E>) {
    static_assert(internal::refused<E>, "bellman: the environment has no terminal(state) const that returns bool");
  } else if constexpr (!has_transition<E>) {
    static_assert(internal::refused<E>, "bellman: the environment has no transition(state, action) const");
  } else if constexpr (!transition_is_a_distribution<E>) {
    static_assert(internal::refused<E>,
                  "bellman: transition(state, action) must return a distribution, as dirac{outcome{reward, next}}");
  } else if constexpr (!transition_gives_outcomes<E>) {
    static_assert(internal::refused<E>,
                  "bellman: transition(state, action) must be a distribution over outcome{reward, next} with a reward "
                  "that is a reward_type and a next that is a state_type");
  }
  return environment<E>;
}

}  // namespace detail

/// `environment<E>`; where it does not hold, a `static_assert` says what is missing. What a function object asks for
/// before it does anything else.
template <class E>
inline constexpr bool checked_environment = detail::check_environment<E>();

namespace detail {

template <class E>
consteval bool check_rewards() {
  if constexpr (environment<E>) {
    if constexpr (!std::integral<reward_t<E>> && !vector_space_over<reward_t<E>>) {
      static_assert(internal::refused<E>,
                    "bellman: reward_type must be a number, or a vector with scalar_type, v + w, v - w and scalar * v");
    } else if constexpr (!can_weigh<probability_t<transition_t<E>>, reward_t<E>>) {
      static_assert(internal::refused<E>,
                    "bellman: the probabilities of transition(state, action) cannot be multiplied with a reward_type: "
                    "exact rewards need exact probabilities");
    } else {
      return true;
    }
  }
  return false;
}

}  // namespace detail

/// `environment<E>` whose rewards have a mean: they are numbers or vectors, and its probabilities can weigh them. Where
/// that does not hold, a `static_assert` says why. What values are asked for first; to sample no mean is needed.
template <class E>
inline constexpr bool checked_rewards = detail::check_environment<E>() && detail::check_rewards<E>();

}  // namespace bellman
