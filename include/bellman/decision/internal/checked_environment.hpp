// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_parts.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/field.hpp>

#include <concepts>

namespace bellman::internal {

/// Whether probabilities of type `P` can weigh rewards of type `R`.
template <class P, class R>
concept can_weigh = !field<P> || std::integral<R> || requires(P const& p, scalar_t<R> const& x) { p * x; };

// One static_assert for each thing that can be missing, in the order in which it would be written, and none after the
// first: a concept's own diagnosis is longer, and its first line does not name what is missing.
template <class E>
consteval bool check_environment() {
  if constexpr (!names_its_types<E>) {
    static_assert(refused<E>, "bellman: an environment names its types: state_type, action_type and reward_type");
  } else if constexpr (!has_states_and_actions<E>) {
    static_assert(refused<E>, "bellman: state_type and action_type must be copyable and have ==");
  } else if constexpr (!has_actions<E>) {
    static_assert(refused<E>, "bellman: the environment has no actions(state) const");
  } else if constexpr (!actions_are_a_range<E>) {
    static_assert(refused<E>, "bellman: actions(state) must return a range of action_type");
  } else if constexpr (!has_terminal<E>) {
    static_assert(refused<E>, "bellman: the environment has no terminal(state) const that returns bool");
  } else if constexpr (!has_transition<E>) {
    static_assert(refused<E>, "bellman: the environment has no transition(state, action) const");
  } else if constexpr (!transition_is_a_distribution<E>) {
    static_assert(refused<E>,
                  "bellman: transition(state, action) must return a distribution, as dirac{outcome{reward, next}}");
  } else if constexpr (!transition_gives_outcomes<E>) {
    static_assert(refused<E>,
                  "bellman: transition(state, action) must be a distribution over outcome{reward, next} with a reward "
                  "that is a reward_type and a next that is a state_type");
  }
  return environment<E>;
}

/// `environment<E>`; where it does not hold, a `static_assert` says what is missing. What a function object asks for
/// before it does anything else.
template <class E>
inline constexpr bool checked_environment = internal::check_environment<E>();

template <class E>
consteval bool check_rewards() {
  if constexpr (environment<E>) {
    if constexpr (!std::integral<reward_t<E>> && !vector_space_over<reward_t<E>>) {
      static_assert(refused<E>,
                    "bellman: reward_type must be a number, or a vector with scalar_type, v + w, v - w and scalar * v");
    } else if constexpr (!can_weigh<probability_t<transition_t<E>>, reward_t<E>>) {
      static_assert(refused<E>,
                    "bellman: the probabilities of transition(state, action) cannot be multiplied with a reward_type: "
                    "exact rewards need exact probabilities");
    } else {
      return true;
    }
  }
  return false;
}

/// `environment<E>` whose rewards have a mean: they are numbers or vectors, and its probabilities can weigh them. Where
/// that does not hold, a `static_assert` says why. What values are asked for first; to sample no mean is needed.
template <class E>
inline constexpr bool checked_rewards = internal::check_environment<E>() && internal::check_rewards<E>();

}  // namespace bellman::internal
