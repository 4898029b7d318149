// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/rules.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/value/internal/known_parts.hpp>
#include <bellman/value/internal/rules.hpp>

#include <ranges>
#include <utility>

namespace bellman {

// How the action values of a state become its value. Each is a function of the environment, the state, and the action
// values there, `q(a)`.

/// The mean over a policy: `sum_a pi(a | s) q(a)`.
///
/// *Errors*: `invalid_value` for weights of the policy that are no distribution.
template <class Policy>
struct expected_choice {
  Policy policy;

  template <environment E, class Q>
  constexpr auto operator()([[maybe_unused]] E const& env, state_t<E> const& s, Q const& q) const {
    auto const q_of = [&](auto const& a) { return q(static_cast<action_t<E>>(a)); };
    if constexpr (internal::answers_over_actions<Policy>) {
      return expectation(policy.over(env.actions(s)), q_of);  // a table knows already where the row of the policy lies
    } else {
      return expectation(action_distribution<E>(policy, s), q_of);
    }
  }
};

/// The best action: `max_a q(a)`.
///
/// *Errors*: `invalid_value` for a state without actions; does not compile for values without an order.
struct greedy_choice {
  template <environment E, class Q>
  constexpr auto operator()(E const& env, state_t<E> const& s, Q const& q) const {
    auto&& actions = env.actions(s);
    auto a = std::ranges::begin(actions);
    auto const last = std::ranges::end(actions);
    if (a == last) internal::a_state_that_is_not_terminal_needs_an_action(s);
    auto best = q(static_cast<action_t<E>>(*a));
    for (++a; a != last; ++a) best = maximum(best, q(static_cast<action_t<E>>(*a)));
    return best;
  }
};

/// A maximum softened by a temperature tau: `tau log E_a[exp(q(a) / tau)]`, the actions drawn from a reference policy.
/// It tends to the maximum as tau tends to 0, and to the mean under the reference as tau grows. Of an action that is
/// never drawn the value is not asked for.
///
/// *Errors*: `invalid_value` for a reference without an action that is ever drawn.
template <class F, class Reference>
struct soft_choice {
  F temperature;
  Reference reference;

  template <environment E, class Q>
  constexpr auto operator()(E const& env, state_t<E> const& s, Q const& q) const {
    auto const q_of = [&](auto const& a) { return q(static_cast<action_t<E>>(a)); };
    auto const drawn = reference(env, s);
    auto const top = largest(drawn, q_of);
    auto const mean = expectation(drawn, [&](auto const& a) { return exponential(q_of(a), top); });
    return sum(top, product(temperature, log(mean)));
  }

  /// The largest value among the actions that are drawn at all. Relative to it no exponential overflows, and one of
  /// them is 1.
  template <class Drawn, class Q>
  static constexpr auto largest(Drawn const& drawn, Q const& q) {
    auto e = std::ranges::begin(drawn);
    auto const last = std::ranges::end(drawn);
    while (e != last && internal::is_nothing((*e).probability)) ++e;
    if (e == last) internal::a_distribution_must_have_a_value();
    auto top = q((*e).value);
    for (++e; e != last; ++e) {
      if (!internal::is_nothing((*e).probability)) top = maximum(top, q((*e).value));
    }
    return top;
  }
  /// `exp((q - top) / tau)`.
  template <class X>
  constexpr auto exponential(X const& q, X const& top) const {
    return exp(quotient(difference(q, top), temperature));
  }
};

/// The reference of a soft choice when none is given: all actions of the state alike.
///
/// *Errors*: `invalid_value` for a state without actions.
struct uniform_over_actions {
  template <environment E>
  constexpr auto operator()(E const& env, state_t<E> const& s) const {
    auto&& actions = env.actions(s);
    if (std::ranges::empty(actions)) internal::a_state_that_is_not_terminal_needs_an_action(s);
    return uniform(std::forward<decltype(actions)>(actions));
  }
};

/// A policy as the reference of a soft choice.
template <class Policy>
struct reference_policy {
  Policy policy;

  template <environment E>
  constexpr auto operator()(E const&, state_t<E> const& s) const {
    return action_distribution<E>(policy, s);
  }
};

}  // namespace bellman
