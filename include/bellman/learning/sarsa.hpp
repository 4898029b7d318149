// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/learning/learning_target.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/scalar/known.hpp>

#include <tuple>

namespace bellman {

/// `sarsa{.gamma = g, .lambda = l}`: the target `R + gamma Q(S', A')` of an action's value, A' being the action taken
/// next: Sarsa(lambda), and Sarsa without a lambda.
///
/// *Arguments*: a discount, a decay of the traces, each in [0, 1].
/// *Laws*: the expected step is `T_pi Q - Q`: tests/learning/expected_steps.cpp.
/// *Source*: Rummery and Niranjan 1994; Sutton and Barto, (6.7) and section 12.7.
/// *Use*:
///     bellman::sarsa{.gamma = 0.5, .lambda = 0.25}.lambda == 0.25
template <class Gamma, class Lambda = known_zero>
struct sarsa {
  using parts = of_actions;
  using estimator = internal::estimator_of<decltype(lambda_returns)>;
  static constexpr bool predicts_its_value = true;
  static constexpr bool reads_next_action = true;

  Gamma gamma;
  Lambda lambda = Lambda();

  template <class P, class S, class A>
  static constexpr dirac<A> answer(P const&, S const&, A const& a) {
    return dirac<A>(a);
  }
  template <class P, class S, class A>
  constexpr auto columns(P const& p, S const& s, A const& a) const {
    return std::tuple(p(s, a));
  }
};
template <class Gamma>
sarsa(Gamma) -> sarsa<Gamma>;
template <class Gamma, class Lambda>
sarsa(Gamma, Lambda) -> sarsa<Gamma, Lambda>;

}  // namespace bellman
