// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/learning/following.hpp>
#include <bellman/learning/internal/target_parts.hpp>
#include <bellman/learning/learning_target.hpp>
#include <bellman/scalar/known.hpp>

#include <tuple>
#include <type_traits>

namespace bellman {

/// `expected_sarsa{.policy = pi, .gamma = g, .lambda = l}`: the target `R + gamma sum_a pi(a | S') Q(S', a)` of an
/// action's value, whoever acts; with a lambda the traces are those of `Q^pi(lambda)`.
///
/// *Arguments*: a policy, which answers with an action or a distribution; where it is to change with what is learned
/// `following{make}`, where `make(q)` is a policy by the learner's own prediction; a discount and a decay in [0, 1].
/// *Laws*: the expected step is `T_pi Q - Q`: tests/learning/expected_steps.cpp.
/// *Source*: van Seijen et al. 2009; Harutyunyan et al. 2016; Sutton and Barto, (6.9).
/// *Use*:
///     bellman::expected_sarsa{.policy = [](int) { return 'x'; }, .gamma = 0.5}.gamma == 0.5
template <class Policy, class Gamma, class Lambda = known_zero>
struct expected_sarsa {
  using parts = of_actions;
  using estimator = internal::estimator_of<decltype(off_policy_returns)>;

  template <class P, class S, class A>
  using asks = internal::a_policy_of_target<internal::policy_by_t<Policy, P>, S, A, typename P::value_type>;

  Policy policy;
  Gamma gamma;
  Lambda lambda = Lambda();

  template <class P, class S, class... A>
  constexpr auto answer(P const& p, S const& s, A const&...) const {
    return internal::policy_answer(internal::policy_by(policy, p), s);
  }
  template <class P, class S, class A>
  constexpr auto columns(P const& p, S const& s, A const& a) const {
    using V = std::remove_cvref_t<decltype(p(s, a))>;
    return std::tuple(parts::value(*this, p, s), p(s, a), V(1));
  }
};
template <class Policy, class Gamma>
expected_sarsa(Policy, Gamma) -> expected_sarsa<Policy, Gamma>;
template <class Policy, class Gamma, class Lambda>
expected_sarsa(Policy, Gamma, Lambda) -> expected_sarsa<Policy, Gamma, Lambda>;

}  // namespace bellman
