// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/importance_corrected_td_errors.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/target_parts.hpp>
#include <bellman/learning/learning_target.hpp>
#include <bellman/scalar/known.hpp>

#include <tuple>
#include <type_traits>

namespace bellman {

/// `off_policy_td_learning{.policy = pi, .behaviour = mu, .gamma = g, .lambda = l}`: the target of TD(lambda) for the
/// values of `pi` while `mu` acts: each step counts with its importance ratio `rho = pi(a | s) / mu(a | s)`, and the
/// traces are `lambda rho`.
///
/// With semi-gradient steps and features it may diverge; `gradient_correction` does not.
///
/// *Arguments*: two policies, which answer with an action or a distribution; a discount and a decay in [0, 1].
/// *Errors*: `invalid_value` for an action that `mu` never takes.
/// *Laws*: the expected step in a state is `T_pi V - V`: tests/learning/expected_steps.cpp.
/// *Source*: Precup, Sutton and Dasgupta 2001; Sutton and Barto, (11.2), (12.25).
/// *Use*:
///     bellman::off_policy_td_learning{.policy = [](int) { return 1; }, .behaviour = [](int) { return 1; },
///                                     .gamma = 0.5}.gamma == 0.5
template <class Policy, class Behaviour, class Gamma, class Lambda = known_zero>
struct off_policy_td_learning {
  using parts = of_states;
  using estimator = internal::estimator_of<decltype(importance_corrected_td_errors)>;

  template <class P, class S, class A>
  using asks = internal::every<internal::a_policy_of_target<Policy, S, A, typename P::value_type>,
                               internal::a_policy_of_target<Behaviour, S, A, typename P::value_type>>;

  Policy policy;
  Behaviour behaviour;
  Gamma gamma;
  Lambda lambda = Lambda();

  template <class P, class S, class A>
  constexpr auto columns(P const& p, S const& s, A const& a) const {
    using V = std::remove_cvref_t<decltype(p(s))>;
    return std::tuple(p(s), weight<V>(s, a));
  }
  template <class V, class S, class A>
  constexpr V weight(S const& s, A const& a) const {
    return internal::importance_ratio<V>(policy, behaviour, s, a);
  }
};
template <class Policy, class Behaviour, class Gamma>
off_policy_td_learning(Policy, Behaviour, Gamma) -> off_policy_td_learning<Policy, Behaviour, Gamma>;
template <class Policy, class Behaviour, class Gamma, class Lambda>
off_policy_td_learning(Policy, Behaviour, Gamma, Lambda) -> off_policy_td_learning<Policy, Behaviour, Gamma, Lambda>;

}  // namespace bellman
