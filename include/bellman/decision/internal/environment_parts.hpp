// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/action.hpp>
#include <bellman/decision/state.hpp>
#include <bellman/probability/distribution.hpp>

#include <concepts>
#include <ranges>

namespace bellman::internal {

// What an environment consists of, part by part: its concept asks for all, its verdict names the first that is missing.

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
  { o.reward } -> std::convertible_to<typename E::reward_type>;
  { o.next } -> std::convertible_to<state_t<E>>;
};
template <class E>
concept transition_gives_outcomes = requires(E const& e, state_t<E> const& s, action_t<E> const& a) {
  requires outcome_of<support_t<decltype(e.transition(s, a))>, E>;
};

}  // namespace bellman::internal
