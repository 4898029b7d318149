// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/boltzmann.hpp>
#include <bellman/learning/internal/target_parts.hpp>
#include <bellman/learning/prediction.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <cstddef>
#include <utility>

namespace bellman {

/// `softmax_policy(env, preferences)`: the policy whose logits are a prediction of actions, `pi(a | s)` proportional to
/// `exp h(s, a)`, with the derivatives of its log-probabilities,
/// `grad log pi(a | s) = grad h(s, a) - sum_b pi(b | s) grad h(s, b)`. Models `differentiable_policy`.
///
/// *Arguments*: an environment, of which only `actions(s)` is asked, or `std::ref` of one; a prediction of a state and
/// an action, of numbers that have an exponential.
/// *Errors*: those of `boltzmann`; `invalid_value` for an action that the environment does not have.
/// *Cost*: one prediction and one exponential for each action; the score as many gradients.
/// *Source*: Sutton and Barto, section 13.1 and (13.9).
/// *Use*:
///     [] {
///       bellman::models::cliff_walking<double> const cliff;
///       bellman::softmax_policy const pi(cliff, bellman::value_table<double, int, int>{});
///       return pi(36).begin()->probability == 0.25;
///     }()
template <class E, class Preferences,
          class Verdict = typename internal::every<internal::an_environment<internal::environment_argument_t<E>>,
                                                   internal::a_prediction<Preferences>>::type>
class softmax_policy {
 public:
  // Of parts that do not go together, which no call has; the last argument of the type says why.
  template <class Reason = Verdict, class = typename Reason::yes>
  softmax_policy(E const&, Preferences const&);
};

template <class E, class Preferences>
class softmax_policy<E, Preferences, internal::accepted> {
  using Env = internal::environment_argument_t<E>;
  using V = typename Preferences::value_type;

 public:
  using value_type = V;

  constexpr softmax_policy(E its_env, Preferences its_preferences)
      : env_(internal::held_environment(std::move(its_env))), preferences_(std::move(its_preferences)) {}

  /// The distribution over the actions of a state.
  template <class S = state_t<Env>, class = typename internal::a_state_of<S, Env>::type::yes>
  constexpr auto operator()(S const& named) const {
    auto const logit = [this](state_t<Env> const& s, action_t<Env> const& a) { return preferences_(s, a); };
    return boltzmann(internal::environment_reference<held>(env_), logit, V(1))(named);
  }

  /// Calls `visit(i, d)` for the derivative of the log-probability of an action with respect to weight i; an index may
  /// come more than once.
  template <class Visit>
  constexpr void score(Visit const& visit, state_t<Env> const& s, action_t<Env> const& a) {
    internal::check_action(env_, s, a);
    auto const pi = (*this)(s);
    preferences_.gradient(visit, s, a);
    for (auto const& e : pi) {
      preferences_.gradient([&](std::size_t i, V const& d) { visit(i, V(-weigh(e.probability, d))); }, s,
                            static_cast<action_t<Env>>(e.value));
    }
  }

  constexpr Preferences const& preferences() const& { return preferences_; }
  constexpr Preferences preferences() && { return std::move(preferences_); }
  constexpr decltype(auto) weights() & { return preferences_.weights(); }
  constexpr decltype(auto) weights() const& { return preferences_.weights(); }

 private:
  using held = decltype(internal::held_environment(std::declval<E>()));

  held env_;
  Preferences preferences_;
};

template <class E, class Preferences>
softmax_policy(E, Preferences) -> softmax_policy<E, Preferences>;

}  // namespace bellman
