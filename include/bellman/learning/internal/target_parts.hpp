// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/probability/with_checked_weights.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/value/greedy_policy.hpp>

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman::internal {

template <class A>
[[noreturn]] void an_action_must_be_one_of_the_state(A const& a) {
  internal::refuse("bellman: action " + internal::describe(a) + " is none of the environment's in the state it was " +
                   "taken in");
}

[[noreturn]] inline void an_action_must_have_been_possible() {
  internal::refuse("bellman: the policy that acted gives probability 0 to an action that was taken");
}

/// `answer_in(s, answered)`: what a policy answered in a state as a distribution.
template <class S, class X>
constexpr auto answer_in(S const& s, X answered) {
  if constexpr (distribution<X>) {
    return with_checked_weights(std::move(answered), s);
  } else {
    return dirac<X>(std::move(answered));
  }
}

/// `policy_answer(policy, s)`: what a policy answers as a distribution; `policy_answer(policy, q, s)`: the same of one
/// that may also be asked as `policy(q, s)`, and then follows the prediction that is learned.
template <class Policy, class S>
constexpr auto policy_answer(Policy const& policy, S const& s) {
  return internal::answer_in(s, policy(s));
}
template <class Policy, class P, class S>
constexpr auto policy_answer(Policy const& policy, P const& p, S const& s) {
  if constexpr (std::invocable<Policy const&, S const&>) {
    return internal::answer_in(s, policy(s));
  } else {
    return internal::answer_in(s, policy(p, s));
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
  return quotient(internal::probability_of<V>(internal::policy_answer(policy, s), a), taken);
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
