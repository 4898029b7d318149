// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/retrace.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/following.hpp>
#include <bellman/learning/internal/target_parts.hpp>
#include <bellman/learning/learning_target.hpp>

#include <tuple>
#include <type_traits>

namespace bellman {

/// `retrace_learning{.policy = pi, .behaviour = mu, .gamma = g, .lambda = l}`: the target of expected Sarsa with the
/// traces `lambda min(1, pi(A | S) / mu(A | S))`.
///
/// *Arguments*: as `tree_backup_learning`, and the policy that acted.
/// *Errors*: `invalid_value` for an action that `mu` never takes.
/// *Laws*: tests/learning/views.cpp.
/// *Source*: Munos et al. 2016.
/// *Use*:
///     bellman::retrace_learning{.policy = [](int) { return 'x'; }, .behaviour = [](int) { return 'x'; },
///                               .gamma = 0.5, .lambda = 1.0}.lambda == 1.0
template <class Policy, class Behaviour, class Gamma, class Lambda>
struct retrace_learning {
  using parts = of_actions;
  using estimator = internal::estimator_of<decltype(retrace)>;

  template <class P, class S, class A>
  using asks = internal::every<
      internal::a_policy_of_target<internal::policy_by_t<Policy, P>, S, A, typename P::value_type>,
      internal::a_policy_of_target<internal::policy_by_t<Behaviour, P>, S, A, typename P::value_type>>;

  Policy policy;
  Behaviour behaviour;
  Gamma gamma;
  Lambda lambda;

  template <class P, class S, class... A>
  constexpr auto answer(P const& p, S const& s, A const&...) const {
    return internal::policy_answer(internal::policy_by(policy, p), s);
  }
  template <class P, class S, class A>
  constexpr auto columns(P const& p, S const& s, A const& a) const {
    using V = std::remove_cvref_t<decltype(p(s, a))>;
    V const ratio =
        internal::importance_ratio<V>(internal::policy_by(policy, p), internal::policy_by(behaviour, p), s, a);
    return std::tuple(parts::value(*this, p, s), p(s, a), ratio);
  }
};
template <class Policy, class Behaviour, class Gamma, class Lambda>
retrace_learning(Policy, Behaviour, Gamma, Lambda) -> retrace_learning<Policy, Behaviour, Gamma, Lambda>;

}  // namespace bellman
