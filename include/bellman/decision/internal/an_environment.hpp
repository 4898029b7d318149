// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/action.hpp>
#include <bellman/decision/state.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct the_environment_names_no_state_type_action_type_and_reward_type {};
struct state_type_and_action_type_must_be_copyable_and_have_equality {};
struct the_environment_has_no_actions_of_a_state {};
struct actions_of_a_state_must_be_a_range_of_action_type {};
struct the_environment_has_no_terminal_of_a_state_that_returns_bool {};
struct the_environment_has_no_transition_of_a_state_and_an_action {};
struct the_transition_must_return_a_distribution_as_dirac_of_outcome_of_reward_and_next {};
struct the_transition_must_be_a_distribution_over_outcomes_of_a_reward_type_and_a_next_state_type {};

}  // namespace refused

namespace internal {

// What an environment consists of, part by part: its verdict names the first that is missing.

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
  requires stands_for<std::ranges::range_reference_t<decltype(e.actions(s))>, action_t<E>>;
};
template <class E>
concept has_terminal = requires(E const& e, state_t<E> const& s) {
  { e.terminal(s) } -> std::convertible_to<bool>;
};
template <class E>
concept has_transition = requires(E const& e, state_t<E> const& s, action_t<E> const& a) { e.transition(s, a); };
template <class E>
using answered_transition_t = decltype(std::declval<E const&>().transition(std::declval<state_t<E> const&>(),
                                                                           std::declval<action_t<E> const&>()));
template <class O, class E>
concept outcome_of = requires(O const& o) {
  { o.reward } -> std::convertible_to<typename E::reward_type>;
  { o.next } -> stands_for<state_t<E>>;
};
template <class E>
consteval auto judge_environment() {
  if constexpr (!names_its_types<E>) {
    return refused::the_environment_names_no_state_type_action_type_and_reward_type{};
  } else if constexpr (!has_states_and_actions<E>) {
    return refused::state_type_and_action_type_must_be_copyable_and_have_equality{};
  } else if constexpr (!has_actions<E>) {
    return refused::the_environment_has_no_actions_of_a_state{};
  } else if constexpr (!actions_are_a_range<E>) {
    return refused::actions_of_a_state_must_be_a_range_of_action_type{};
  } else if constexpr (!has_terminal<E>) {
    return refused::the_environment_has_no_terminal_of_a_state_that_returns_bool{};
  } else if constexpr (!has_transition<E>) {
    return refused::the_environment_has_no_transition_of_a_state_and_an_action{};
  } else {
    using T = std::remove_cvref_t<answered_transition_t<E>>;
    if constexpr (!has_values_and_probabilities<T>) {
      return refused::the_transition_must_return_a_distribution_as_dirac_of_outcome_of_reward_and_next{};
    } else if constexpr (!distribution<T>) {
      return internal::judge_distribution<T>();
    } else if constexpr (!outcome_of<support_t<T>, E>) {
      return refused::the_transition_must_be_a_distribution_over_outcomes_of_a_reward_type_and_a_next_state_type{};
    } else {
      return accepted{};
    }
  }
}

/// An environment, but for its axioms.
template <class E>
struct an_environment {
  using type = decltype(internal::judge_environment<E>());
};

}  // namespace internal

}  // namespace bellman
