// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/learning/learning_target.hpp>
#include <bellman/scalar/known.hpp>

#include <tuple>

namespace bellman {

/// `td_learning{.gamma = g, .lambda = l}`: the target `R + gamma V(S')` of a state's value, TD(lambda), and TD(0)
/// without a lambda.
///
/// *Arguments*: a discount, a decay of the traces, each in [0, 1].
/// *Laws*: the expected step in a state is the Bellman residual `T_pi V - V`: tests/learning/expected_steps.cpp.
/// *Source*: Sutton 1988; Sutton and Barto, (6.2) and section 12.2.
/// *Use*:
///     bellman::td_learning{.gamma = 0.5}.gamma == 0.5
template <class Gamma, class Lambda = known_zero>
struct td_learning {
  using parts = of_states;
  using estimator = internal::estimator_of<decltype(lambda_returns)>;
  static constexpr bool predicts_its_value = true;

  Gamma gamma;
  Lambda lambda = Lambda();

  template <class P, class S, class A>
  constexpr auto columns(P const& p, S const& s, A const&) const {
    return std::tuple(p(s));
  }
};
template <class Gamma>
td_learning(Gamma) -> td_learning<Gamma>;
template <class Gamma, class Lambda>
td_learning(Gamma, Lambda) -> td_learning<Gamma, Lambda>;

}  // namespace bellman
