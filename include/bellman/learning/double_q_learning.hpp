// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/target_parts.hpp>
#include <bellman/scalar/known.hpp>

#include <cstddef>

namespace bellman {

namespace refused {

struct double_q_learning_learns_a_double_prediction {};

}  // namespace refused

namespace detail {

template <class P>
using two_predictions = internal::rule<requires(P& p) {
  p.chosen();
  p.other();
  p.toss();
}, refused::double_q_learning_learns_a_double_prediction>;

// Of the two predictions the one that is learned says which action is best, the other one what it is worth.
struct of_doubled_actions {
  template <class T, class P, class S, class A>
  static constexpr auto predicted(T const&, P const& p, S const& s, A const& a) {
    return p.chosen()(s, a);
  }
  template <class T, class P, class Visit, class S, class A>
  static constexpr void gradient(T const&, P& p, Visit const& visit, S const& s, A const& a) {
    p.gradient(visit, s, a);
  }
  template <class T, class P, class S, class... A>
  static constexpr auto value(T const& target, P const& p, S const& s, A const&...) {
    return expectation(internal::greedy_answer(target.env, p.chosen(), s),
                       [&](auto const& a) { return p.other()(s, a); });
  }
  template <class P>
  static constexpr void after_step(P& p) {
    p.toss();
  }
};

}  // namespace detail

/// `double_q_learning{.env = env, .gamma = g}`: the target `R + gamma Q'(S', argmax_a Q(S', a))` of an action's value:
/// what is best by one of two predictions has the value of the other, so that the largest of several errors is not
/// taken for a value. For a `double_prediction`.
///
/// *Arguments*: as `q_learning`, without a decay.
/// *Errors*: `invalid_value` for an action that the environment does not have.
/// *Laws*: with both predictions alike the target of Q-learning: tests/learning/expected_steps.cpp.
/// *Source*: van Hasselt 2010; Sutton and Barto, (6.10).
/// *Use*:
///     bellman::double_q_learning{.env = bellman::models::cliff_walking<double>{}, .gamma = 0.5}.gamma == 0.5
template <class E, class Gamma>
struct double_q_learning {
  using parts = detail::of_doubled_actions;

  template <class P, class S, class A>
  using asks = internal::every<detail::two_predictions<P>, internal::an_environment_of_target<E, S, A>>;

  E env;
  Gamma gamma;
  static constexpr known_zero lambda{};

  template <class S, class A>
  constexpr void check(S const& s, A const& a) const {
    internal::check_action(env, s, a);
  }
};
template <class E, class Gamma>
double_q_learning(E, Gamma) -> double_q_learning<E, Gamma>;

}  // namespace bellman
