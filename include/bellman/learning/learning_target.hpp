// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>

#include <cstddef>

namespace bellman {

/// `of_states`: the `parts` of a target that predicts what states are worth.
///
/// Each part is a function of a target, a prediction, a state, and an action: what is `predicted`, its `gradient`, the
/// `value` of a next state, and its `value_gradient`.
///
/// *Use*:
///     bellman::of_states::predicted(0, [](int s) { return 2.0 * s; }, 3, 'x') == 6.0
struct of_states {
  template <class T, class P, class S, class A>
  static constexpr auto predicted(T const&, P const& p, S const& s, A const&) {
    return p(s);
  }
  template <class T, class P, class Visit, class S, class A>
  static constexpr void gradient(T const&, P& p, Visit const& visit, S const& s, A const&) {
    p.gradient(visit, s);
  }
  template <class T, class P, class S, class... A>
  static constexpr auto value(T const&, P const& p, S const& s, A const&...) {
    return p(s);
  }
  template <class T, class P, class Visit, class S, class... A>
  static constexpr void value_gradient(T const&, P& p, Visit const& visit, S const& s, A const&...) {
    p.gradient(visit, s);
  }
};

/// `of_actions`: the same of a target that predicts what actions are worth; a state is worth the mean over the
/// distribution over actions that the target's `answer(p, s, a...)` is.
///
/// *Use*:
///     bellman::of_actions::predicted(0, [](int s, int a) { return 2.0 * s + a; }, 3, 1) == 7.0
struct of_actions {
  template <class T, class P, class S, class A>
  static constexpr auto predicted(T const&, P const& p, S const& s, A const& a) {
    return p(s, a);
  }
  template <class T, class P, class Visit, class S, class A>
  static constexpr void gradient(T const&, P& p, Visit const& visit, S const& s, A const& a) {
    p.gradient(visit, s, a);
  }
  template <class T, class P, class S, class... A>
  static constexpr auto value(T const& target, P const& p, S const& s, A const&... a) {
    return expectation(target.answer(p, s, a...), [&](auto const& b) { return p(s, b); });
  }
  template <class T, class P, class Visit, class S, class... A>
  static constexpr void value_gradient(T const& target, P& p, Visit const& visit, S const& s, A const&... a) {
    for (auto const& e : target.answer(p, s, a...)) {
      p.gradient([&](std::size_t i, auto const& d) { visit(i, weigh(e.probability, d)); }, s, e.value);
    }
  }
};

/// What a sampled step says that a prediction should be: `R + gamma v(S')`.
///
/// Minimal definition: a type with
///  - `parts`: `of_states` or `of_actions`, whether states or actions are predicted; of actions also
///    `answer(p, s, a...)`, a distribution over the actions whose mean a state is worth;
///  - `gamma` and `lambda`, numbers in [0, 1]; where lambda is `known_zero`, always 0, the rest is not asked:
///  - `estimator`, the estimator over time whose terms are `v`, `q` and `c` of a step;
///  - `columns(p, s, a)`: a tuple of what that estimator reads of a step, by a prediction.
///
/// Besides, where they apply: `reads_next_action`, a constant, where `answer` is to be given the action taken next;
/// `predicts_its_value`, where a state is worth what is predicted of it; `weight<V>(s, a)`, how much a step counts;
/// `check(s, a)`, which refuses an action; `asks<P, S, A>`, a verdict on a prediction, a state and an action.
///
/// Models: `td_learning`, `off_policy_td_learning`, `sarsa`, `expected_sarsa`, `q_learning`, `double_q_learning`,
/// `tree_backup_learning`, `retrace_learning`.
template <class Target>
concept learning_target = requires(Target const& target) {
  typename Target::parts;
  target.gamma;
  target.lambda;
};

namespace internal {

/// Whether what is learned by, a target or an agent, reads the action taken next.
template <class X>
inline constexpr bool reads_next_action = false;
template <class X>
  requires requires { X::reads_next_action; }
inline constexpr bool reads_next_action<X> = X::reads_next_action;

}  // namespace internal

}  // namespace bellman
