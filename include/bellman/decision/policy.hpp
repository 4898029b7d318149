// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/field.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

template <class P, class E>
using answer_t = std::remove_cvref_t<decltype(std::declval<P const&>()(std::declval<state_t<E> const&>()))>;

}  // namespace detail

/// A policy that answers a state with an action. Minimal definition: `policy(s)` converts to `action_type`.
template <class P, class E>
concept deterministic_policy_for = environment<E> && requires { typename detail::answer_t<P, E>; } &&
                                   std::convertible_to<detail::answer_t<P, E>, action_t<E>>;

/// A policy that answers a state with a distribution over actions: `pi(a | s)`.
/// Minimal definition: `policy(s)` is a distribution whose values convert to `action_type`.
template <class P, class E>
concept stochastic_policy_for = environment<E> && requires { typename detail::answer_t<P, E>; } &&
                                distribution_over<detail::answer_t<P, E>, action_t<E>> &&
                                !deterministic_policy_for<P, E>;

/// How actions are chosen in the states of an environment: a callable of a state that returns an action, or a
/// distribution over actions.
///
/// Axioms: the answer depends on the state alone; it is asked for in states that are not terminal, and names actions
/// from `actions(s)` only.
template <class P, class E>
concept policy_for = deterministic_policy_for<P, E> || stochastic_policy_for<P, E>;

namespace detail {

template <class P, class E>
consteval bool check_policy() {
  if constexpr (!environment<E>) {
    return false;  // of which `checked_environment` tells
  } else if constexpr (!requires { typename answer_t<P, E>; }) {
    static_assert(internal::refused<P, E>, "bellman: the policy cannot be called with the environment's state_type");
  } else if constexpr (!policy_for<P, E>) {
    static_assert(internal::refused<P, E>,
                  "bellman: policy(state) must return an action_type or a distribution over action_type");
  }
  return policy_for<P, E>;
}

template <class E>
struct answer_distribution_fn {
  template <class P>
  constexpr auto operator()(P const& policy, state_t<E> const& s) const {
    if constexpr (deterministic_policy_for<P, E>) {
      return dirac<action_t<E>>(static_cast<action_t<E>>(policy(s)));
    } else {
      return policy(s);
    }
  }
};

template <class E>
struct action_distribution_fn {
  template <class P>
  constexpr auto operator()(P const& policy, state_t<E> const& s) const {
    return with_checked_weights(answer_distribution_fn<E>{}(policy, s));
  }
};

}  // namespace detail

/// `policy_for<P, E>`; where it does not hold, a `static_assert` says what is missing.
template <class P, class E>
inline constexpr bool checked_policy = detail::check_policy<P, E>();

namespace detail {

template <class P, class E>
consteval bool check_policy_weights() {
  if constexpr (policy_for<P, E>) {
    if constexpr (stochastic_policy_for<P, E>) {
      constexpr bool weighs = can_weigh<probability_t<answer_t<P, E>>, reward_t<E>>;
      if constexpr (!weighs) {
        static_assert(internal::refused<P, E>,
                      "bellman: the policy's probabilities cannot be multiplied with the environment's reward_type: "
                      "exact rewards need exact probabilities");
      }
      return weighs;
    } else {
      return true;
    }
  }
  return false;
}

}  // namespace detail

/// `policy_for<P, E>` whose probabilities can weigh the rewards of `E`; where that does not hold, a `static_assert`
/// says why.
template <class P, class E>
inline constexpr bool checked_policy_weights =
    detail::check_policy<P, E>() && detail::check_policy_weights<P, E>();

/// `answer_distribution<E>(policy, s)`: what a policy answers as a distribution, that of an action being certain of it;
/// weights that stand in a plain range are not checked yet.
template <environment E>
inline constexpr detail::answer_distribution_fn<E> answer_distribution{};

/// `action_distribution<E>(policy, s)`: `pi(. | s)`, the answer as a distribution whose weights were checked.
template <environment E>
inline constexpr detail::action_distribution_fn<E> action_distribution{};

}  // namespace bellman
