// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/watkins_q_lambda_returns.hpp>
#include <bellman/learning/internal/target_parts.hpp>
#include <bellman/learning/learning_target.hpp>
#include <bellman/scalar/known.hpp>

#include <tuple>

namespace bellman {

/// `q_learning{.env = env, .gamma = g, .lambda = l}`: the target `R + gamma max_a Q(S', a)` of an action's value,
/// Q-learning; with a lambda Watkins' Q(lambda), whose traces end at an action that was not greedy when it was taken.
///
/// *Arguments*: an environment, of which nothing is asked but `actions(s)`, or `std::ref` of one; a discount and a
/// decay in [0, 1].
/// *Errors*: `invalid_value` for an action that the environment does not have.
/// *Laws*: the expected step is `T* Q - Q`: tests/learning/expected_steps.cpp.
/// *Source*: Watkins 1989; Sutton and Barto, (6.8) and section 12.10.
/// *Use*:
///     bellman::q_learning{.env = bellman::models::cliff_walking<double>{}, .gamma = 0.5}.gamma == 0.5
template <class E, class Gamma, class Lambda = known_zero>
struct q_learning {
  using parts = of_actions;
  using estimator = internal::estimator_of<decltype(watkins_q_lambda_returns)>;

  template <class P, class S, class A>
  using asks = internal::an_environment_of_target<E, S, A>;

  E env;
  Gamma gamma;
  Lambda lambda = Lambda();

  template <class P, class S, class... A>
  constexpr auto answer(P const& p, S const& s, A const&...) const {
    return internal::greedy_answer(env, p, s);
  }
  template <class P, class S, class A>
  constexpr auto columns(P const& p, S const& s, A const& a) const {
    return std::tuple(parts::value(*this, p, s), p(s, a));
  }
  template <class S, class A>
  constexpr void check(S const& s, A const& a) const {
    internal::check_action(env, s, a);
  }
};
template <class E, class Gamma>
q_learning(E, Gamma) -> q_learning<E, Gamma>;
template <class E, class Gamma, class Lambda>
q_learning(E, Gamma, Lambda) -> q_learning<E, Gamma, Lambda>;

}  // namespace bellman
