// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/a_policy.hpp>
#include <bellman/decision/internal/an_environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/probability/with_checked_weights.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/value/greedy_policy.hpp>

#include <string>
#include <type_traits>

namespace bellman::internal {

template <class Policy, class S, class A, class V>
consteval auto judge_policy_of_target() {
  if constexpr (!std::is_invocable_v<Policy const&, S const&>) {
    return refused::the_policy_cannot_be_called_with_a_state_type{};
  } else {
    using X = std::remove_cvref_t<std::invoke_result_t<Policy const&, S const&>>;
    if constexpr (!distribution<X>) {
      return typename rule<stands_for<X, A>,
                           refused::the_policy_must_return_an_action_type_or_a_distribution_over_action_type>::type{};
    } else if constexpr (!stands_for<support_t<X>, A>) {
      return refused::the_policy_must_return_an_action_type_or_a_distribution_over_action_type{};
    } else {
      return typename a_weight_of<probability_t<X>, V>::type{};
    }
  }
}

/// A policy that answers states with actions, or distributions over them, that weigh numbers V.
template <class Policy, class S, class A, class V>
struct a_policy_of_target {
  using type = decltype(internal::judge_policy_of_target<Policy, S, A, V>());
};

template <class E, class S, class A>
consteval auto judge_environment_of_target() {
  using Env = environment_argument_t<E>;
  if constexpr (!accepts<an_environment<Env>>) {
    return typename an_environment<Env>::type{};
  } else {
    return typename every<a_state_of<S, Env>, an_action_of<A, Env>>::type{};
  }
}

/// An environment that has a state and an action.
template <class E, class S, class A>
struct an_environment_of_target {
  using type = decltype(internal::judge_environment_of_target<E, S, A>());
};

template <class A>
[[noreturn]] void an_action_must_be_one_of_the_state(A const& a) {
  internal::refuse("bellman: action " + internal::describe(a) + " is none of the environment's in the state it was " +
                   "taken in");
}

[[noreturn]] inline void an_action_must_have_been_possible() {
  internal::refuse("bellman: the policy that acted gives probability 0 to an action that was taken");
}

template <class V>
[[noreturn]] void an_importance_ratio_must_be_finite(V const& taken) {
  internal::refuse("bellman: the policy that acted gives the probability " + internal::describe(taken) +
                   " to an action that was taken, too little for its importance ratio to be finite");
}

/// `policy_answer(policy, s)`: what a policy answers as a distribution.
template <class Policy, class S>
constexpr auto policy_answer(Policy const& policy, S const& s) {
  using X = std::remove_cvref_t<decltype(policy(s))>;
  if constexpr (distribution<X>) {
    return with_checked_weights(policy(s), s);
  } else {
    return dirac<X>(policy(s));
  }
}

/// `probability_of<V>(d, a)`: the probability of an action.
template <class V, class D, class A>
constexpr V probability_of(D const& d, A const& a) {
  V total = V(0);
  for (auto const& e : d) {
    if (static_cast<A>(e.value) == a) total = sum(total, V(weigh(e.probability, V(1))));
  }
  return total;
}

/// `importance_ratio<V>(pi, mu, s, a)`: `pi(a | s) / mu(a | s)`.
template <class V, class Policy, class Behaviour, class S, class A>
constexpr V importance_ratio(Policy const& policy, Behaviour const& behaviour, S const& s, A const& a) {
  V const taken = internal::probability_of<V>(internal::policy_answer(behaviour, s), a);
  if (!(V(0) < taken)) internal::an_action_must_have_been_possible();
  V const ratio = quotient(internal::probability_of<V>(internal::policy_answer(policy, s), a), taken);
  if (!is_finite(ratio)) internal::an_importance_ratio_must_be_finite(taken);
  return ratio;
}

/// `greedy_answer(env, p, s)`: the first of the best actions of a state, by a prediction.
template <class E, class P, class S>
constexpr auto greedy_answer(E const& env, P const& p, S const& s) {
  using Env = environment_argument_t<E>;
  auto const q = [&p](state_t<Env> const& there, action_t<Env> const& a) { return p(there, a); };
  using reference = environment_reference<Env>;
  greedy_policy_of<reference, decltype(q)> const best(reference(internal::environment_itself(env)), q);
  return dirac<action_t<Env>>(best(s));
}

/// `check_action(env, s, a)`: refuses an action that a state does not have.
template <class E, class S, class A>
constexpr void check_action(E const& env, S const& s, A const& a) {
  for (auto const& b : internal::environment_itself(env).actions(s)) {
    if (static_cast<A>(b) == a) return;
  }
  internal::an_action_must_be_one_of_the_state(a);
}

}  // namespace bellman::internal
