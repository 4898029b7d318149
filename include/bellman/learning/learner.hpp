// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/one_step.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/step_source.hpp>
#include <bellman/estimation/td_target.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/feature.hpp>
#include <bellman/learning/internal/a_learner.hpp>
#include <bellman/learning/internal/observed_episode.hpp>
#include <bellman/learning/learning_rule.hpp>
#include <bellman/learning/per_state.hpp>
#include <bellman/learning/prediction.hpp>
#include <bellman/learning/step_schedule.hpp>
#include <bellman/learning/td_update.hpp>
#include <bellman/learning/traces.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/known.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class V>
[[noreturn]] void a_gradient_must_be_finite(std::size_t i, V const& d) {
  internal::refuse("bellman: component " + std::to_string(i) + " of the features, or of the gradient, is " +
                   internal::describe(d) + "; it must be finite");
}
template <class V>
[[noreturn]] void an_error_of_a_prediction_must_be_finite(V const& reward, V const& next, V const& predicted) {
  internal::refuse("bellman: a step with the reward " + internal::describe(reward) + ", the next value " +
                   internal::describe(next) + " and the prediction " + internal::describe(predicted) +
                   " has no finite error; rewards must be finite, and smaller step sizes keep predictions so");
}
template <class V>
[[noreturn]] void an_error_of_a_return_must_be_finite(V const& reward, V const& error) {
  internal::refuse("bellman: the return from a step with the reward " + internal::describe(reward) +
                   " has the error " + internal::describe(error) +
                   "; it must be finite: rewards are too large, or predictions have become so");
}
template <class R>
[[noreturn]] void a_reward_must_be_finite(std::size_t t, R const& reward) {
  internal::refuse("bellman: the reward of step " + std::to_string(t) + " is " + internal::describe(reward) +
                   "; it must be finite");
}

struct no_parameters {};

// A decay of traces; none is 0.
template <class V, class L>
constexpr V decay_of(L const& lambda) {
  if constexpr (std::same_as<L, known_zero>) {
    return V(0);
  } else {
    return V(discount_for<V>(lambda).value());
  }
}

template <class S>
inline constexpr bool is_a_cut = false;
template <class S>
inline constexpr bool is_a_cut<truncated<S>> = true;

// A number, or any other schedule, stands for the rule that takes steps of its sizes.
template <class Rule, class P>
struct rule_for {
  using type = Rule;
};
template <class Rule, internal::names_its_values P>
  requires step_schedule<Rule, typename P::value_type>
struct rule_for<Rule, P> {
  using type = accumulating<Rule>;
};
template <class Schedule, internal::names_its_values P>
  requires step_schedule<Schedule, typename P::value_type>
struct rule_for<per_state<Schedule>, P> {
  using type = accumulating<per_state<Schedule>>;
};

}  // namespace detail

/// `learner(prediction, target, rule)`: what learns a prediction from samples, step by step or from recordings:
/// `w += alpha (target - prediction) grad prediction`, where the target is a Bellman operator at what was sampled in
/// place of its expectation, and the rule says how credit is given to earlier steps.
///
/// Online, nothing being stored: `observe(s, a, r, next)`, for a target that reads it (Sarsa) with the action taken
/// next as well; `observe(s, a, r, terminated{})` for the last step, `observe(s, a, r, truncated{next})` for one that
/// was cut off. Each gives the TD error before the step. From a recording: `improve(episode)`, the same steps one by
/// one. Or with the weights as they are through the episode, `improve_offline(episode)`: of each step the error of its
/// return by the same target, the forward view; `errors(episode)` gives these. `fit(s, a, g)`: a step toward a target g
/// that is given. `learner(s)` or `learner(s, a)` is the prediction.
///
/// *Arguments*: a prediction, `prediction_of`; a target: `td_learning`, `sarsa`, `expected_sarsa`, `q_learning`, ...; a
/// `learning_rule`, or a step size or schedule for `accumulating`.
/// *Errors*: `invalid_value` for a discount, a decay or a step size out of its range, where the learner is built; for
/// a reward or features that are not finite, an action that the environment does not have, an episode whose lengths do
/// not fit, and a truncated one where the target reads the action taken next. The weights are then as they were, of an
/// episode as they were before all of it; what diverges is refused where it does.
/// *Cost*: a step: the target's predictions, a gradient, and what the rule says; of an episode all but the last twice.
/// *Laws*: tests/learning: expected_steps.cpp, views.cpp, least_squares.cpp.
/// *Source*: Sutton and Barto, chapters 6, 7 and 12.
/// *Use*:
///     [] {
///       bellman::learner agent(bellman::value_table<double, int>{}, bellman::td_learning{.gamma = 0.5}, 0.25);
///       return agent.observe(0, 'a', 2.0, bellman::terminated{}) == 2.0 && agent(0) == 0.5;
///     }()
template <class Prediction, class Target, class Rule,
          class Verdict = typename internal::a_learner<Prediction, Target, Rule>::type>
class learner {
 public:
  // Of parts that do not go together, which no call has; the last argument of the type says why.
  template <class Reason = Verdict, class = typename Reason::yes>
  learner(Prediction const&, Target const&, auto const&);
};

template <class Prediction, class Target, class Rule>
class learner<Prediction, Target, Rule, internal::accepted> {
  using parts = typename Target::parts;
  using working = internal::started_t<Rule, typename Prediction::value_type>;
  // Whether only the first step of a return is sampled.
  static constexpr bool is_of_one_step = std::same_as<std::remove_cvref_t<decltype(Target::lambda)>, known_zero>;

 public:
  using value_type = typename Prediction::value_type;
  using V = value_type;

  constexpr learner(Prediction its_prediction, Target its_target, Rule const& its_rule)
      : prediction_(std::move(its_prediction)),
        target_(std::move(its_target)),
        rule_(its_rule.template start<V>()),
        gamma_(V(discount_for<V>(target_.gamma).value())),
        lambda_(detail::decay_of<V>(target_.lambda)) {}
  // Of a step size.
  template <class Schedule>
    requires std::same_as<Rule, accumulating<Schedule>>
  constexpr learner(Prediction its_prediction, Target its_target, Schedule const& its_step)
      : learner(std::move(its_prediction), std::move(its_target), accumulating<Schedule>{its_step}) {}

  template <class... Key>
    requires internal::predicts<Prediction, Key...>
  constexpr V operator()(Key const&... key) const {
    return prediction_(key...);
  }
  constexpr Prediction const& prediction() const& { return prediction_; }
  constexpr Prediction prediction() && { return std::move(prediction_); }
  constexpr Target const& target() const& { return target_; }
  constexpr Target target() && { return std::move(target_); }

  /// Whether the target reads the action taken next.
  static constexpr bool reads_next_action = internal::reads_next_action<Target>;

  template <class S, class A, class R, class After, class... NextAction,
            class = typename internal::a_step_to_learn_from<Prediction, Target, Rule, S, A, R, After,
                                                            NextAction...>::type::yes>
  constexpr V observe(S const& s, A const& a, R const& reward, After const& after, NextAction const&... next_action) {
    if constexpr (std::same_as<After, terminated>) {
      return seen<true>(s, a, static_cast<V>(reward));
    } else if constexpr (detail::is_a_cut<After>) {
      return seen<true>(s, a, static_cast<V>(reward), after.value, next_action...);
    } else {
      return seen<false>(s, a, static_cast<V>(reward), after, next_action...);
    }
  }

  template <class S, class A, class R,
            class = typename internal::an_episode_to_learn_from<Prediction, Target, Rule, S, A, R>::type::yes>
  constexpr void improve(episode<S, A, R> const& seen_before) {
    check(seen_before);
    internal::observe_steps(*this, seen_before);
  }

  template <class S, class A, class R,
            class = typename internal::every<
                internal::a_rule_for_given_targets<Rule, value_type>,
                internal::an_episode_to_learn_from<Prediction, Target, Rule, S, A, R>>::type::yes>
  constexpr void improve_offline(episode<S, A, R> const& seen_before) {
    auto const all = check(seen_before);
    std::vector<V> moved;
    for (std::size_t t = 0; t < seen_before.size(); ++t) {
      gather(seen_before.states[t], seen_before.actions[t]);
      moved.resize(prediction_.weights().size(), scalar_traits<V>::zero());
      rule_.fit(moved, gradient_, all[t]);
    }
    auto&& w = prediction_.weights();
    for (std::size_t i = 0; i < moved.size(); ++i) w[i] = sum(w[i], moved[i]);
  }

  /// Of each step of an episode how far the return that the target makes of the rest is from the prediction.
  template <class S, class A, class R,
            class = typename internal::an_episode_to_learn_from<Prediction, Target, Rule, S, A, R>::type::yes>
  constexpr std::vector<V> errors(episode<S, A, R> const& seen_before) const {
    internal::check_episode<learner>(seen_before);
    std::size_t const n = seen_before.size();
    std::vector<V> all(n, scalar_traits<V>::zero());
    if (n == 0) return all;
    V after = V(0);
    if constexpr (!reads_next_action) {
      if (!seen_before.has_terminated()) after = value_of(seen_before.states[n]);
    }
    for (std::size_t t = n; t-- > 0;) {
      V const reward = static_cast<V>(seen_before.rewards[t]);
      all[t] = error_of(seen_before.states[t], seen_before.actions[t], reward, after);
      if (!is_finite(all[t])) detail::an_error_of_a_return_must_be_finite(reward, all[t]);
    }
    return all;
  }

  template <class S, class A, class G,
            class = typename internal::a_given_target<Prediction, Target, Rule, S, A, G>::type::yes>
  constexpr V fit(S const& s, A const& a, G const& goal) {
    if constexpr (requires { target_.check(s, a); }) target_.check(s, a);
    gather(s, a);
    V const q = parts::predicted(target_, prediction_, s, a);
    V const error = difference(static_cast<V>(goal), q);
    if (!is_finite(error)) detail::an_error_of_a_prediction_must_be_finite(static_cast<V>(goal), V(0), q);
    rule_.fit(prediction_.weights(), gradient_, error);
    if constexpr (requires { parts::after_step(prediction_); }) parts::after_step(prediction_);
    return error;
  }

  /// The weights that solve the equations that `least_squares` has collected.
  constexpr void solve()
    requires requires(working const& rule, Prediction& p) { rule.solve(p.weights()); }
  {
    rule_.solve(prediction_.weights());
  }
  constexpr void forget()
    requires requires(working& rule) { rule.forget(); }
  {
    rule_.forget();
  }

 private:
  template <class S, class... A>
  constexpr V value_of(S const& s, A const&... a) const {
    return parts::value(target_, prediction_, s, a...);
  }
  template <class S, class A>
  constexpr V weight_of(S const& s, A const& a) const {
    if constexpr (requires { target_.template weight<V>(s, a); }) {
      return target_.template weight<V>(s, a);
    } else {
      return V(1);
    }
  }
  // The terms of a step, which the estimator of the target has: v, c and q.
  template <class S, class A>
  constexpr auto terms_of(S const& s, A const& a, V const& reward) const {
    numbers_of_step<V, V, V, detail::no_parameters> const numbers{reward, gamma_, lambda_, {}};
    return std::apply([&](auto const&... x) { return Target::estimator::terms(numbers, V(x)...); },
                      target_.columns(prediction_, s, a));
  }

  // Notes the gradient of what is predicted.
  template <class S, class A>
  constexpr void gather(S const& s, A const& a) {
    gradient_.clear();
    parts::gradient(target_, prediction_, [&](std::size_t i, V const& d) { note(gradient_, i, d); }, s, a);
  }
  static constexpr void note(std::vector<feature<V>>& to, std::size_t i, V const& d) {
    if (!is_finite(d)) detail::a_gradient_must_be_finite(i, d);
    if (!is_zero(d)) to.push_back(feature<V>{i, d});
  }

  template <bool Ends, class S, class A, class... Next>
  constexpr V seen(S const& s, A const& a, V const& reward, Next const&... next) {
    if constexpr (requires { target_.check(s, a); }) target_.check(s, a);
    V const q = parts::predicted(target_, prediction_, s, a);
    V v = V(0);
    if constexpr (sizeof...(Next) > 0) v = value_of(next...);
    V const error = difference(V(td_target(reward, v, gamma_)), q);
    if (!is_finite(error)) detail::an_error_of_a_prediction_must_be_finite(reward, v, q);
    if constexpr (internal::keeps_steps<working>) {
      // What can be refused of the step is refused now, and not when it is learned.
      gather(s, a);
      (void)weight_of(s, a);
      (void)terms_of(s, a, reward);
      rule_.push({s, a, reward});
      if (Ends || rule_.is_full()) learn_first(v);
      if constexpr (Ends) {
        while (!rule_.steps().empty()) learn_first(value_after_last(next...));
      }
    } else {
      V decay = V(0);
      if constexpr (!is_of_one_step) {
        decay = product(gamma_, internal::number_as<V>(terms_of(s, a, reward).trace));
      }
      V const weight = weight_of(s, a);
      gather(s, a);
      next_gradient_.clear();
      if constexpr (internal::reads_next_gradient<working> && sizeof...(Next) > 0) {
        parts::value_gradient(
            target_, prediction_, [&](std::size_t i, V const& d) { note(next_gradient_, i, d); }, next...);
      }
      rule_(prediction_.weights(), td_update<V>{gradient_, decay, weight, error, q, reward, v, gamma_, lambda_,
                                                next_gradient_});
      if constexpr (Ends) rule_.end_of_episode(prediction_.weights());
    }
    if constexpr (requires { parts::after_step(prediction_); }) parts::after_step(prediction_);
    return error;
  }
  template <class... Next>
  constexpr V value_after_last(Next const&... next) const {
    if constexpr (sizeof...(Next) > 0) {
      return value_of(next...);
    } else {
      return V(0);
    }
  }

  // The error of a step's return; `after`, what comes after the step is worth, becomes what it is worth to the one
  // before.
  template <class S, class A>
  constexpr V error_of(S const& s, A const& a, V const& reward, V& after) const {
    if constexpr (is_of_one_step) {
      V const error = difference(V(td_target(reward, after, gamma_)), V(parts::predicted(target_, prediction_, s, a)));
      after = value_before(s, a);
      return product(weight_of(s, a), error);
    } else {
      return error_of_terms(s, a, reward, after);
    }
  }
  template <class S, class A>
  constexpr V value_before(S const& s, A const& a) const {
    if constexpr (reads_next_action) {
      return value_of(s, a);
    } else {
      return value_of(s);
    }
  }
  template <class S, class A>
  constexpr V error_of_terms(S const& s, A const& a, V const& reward, V& after) const {
    numbers_of_step<V, V, V, detail::no_parameters> const numbers{reward, gamma_, lambda_, {}};
    auto const c = terms_of(s, a, reward);
    internal::step_seen<V, internal::nowhere, internal::nowhere> const here{{}, {}, scalar_traits<V>::zero()};
    V const g = corrected(one_step<V>(0), here, after, numbers, c).value;
    return product(weight_of(s, a), difference(g, internal::number_as<V>(c.action_value)));
  }

  // Of the steps that a rule keeps the first is learned.
  constexpr void learn_first(V after) {
    auto const& steps = rule_.steps();
    V error = V(0);
    for (std::size_t k = steps.size(); k-- > 0;) {
      error = error_of(steps[k].state, steps[k].action, steps[k].reward, after);
    }
    if (!is_finite(error)) {
      V const reward = steps[0].reward;
      rule_.take_back();
      detail::an_error_of_a_return_must_be_finite(reward, error);
    }
    gather(steps[0].state, steps[0].action);
    rule_.fit(prediction_.weights(), gradient_, error);
    rule_.pop();
  }

  // All that can be seen to be wrong before anything is learned; the errors of the returns as they are now.
  template <class S, class A, class R>
  constexpr std::vector<V> check(episode<S, A, R> const& e) {
    internal::check_episode<learner>(e);
    for (std::size_t t = 0; t < e.size(); ++t) {
      if constexpr (requires { target_.check(e.states[t], e.actions[t]); }) target_.check(e.states[t], e.actions[t]);
      if (!is_finite(static_cast<V>(e.rewards[t]))) detail::a_reward_must_be_finite(t, e.rewards[t]);
      gather(e.states[t], e.actions[t]);
    }
    return errors(e);
  }

  Prediction prediction_;
  Target target_;
  working rule_;
  V gamma_;
  V lambda_;
  std::vector<feature<V>> gradient_{};       // of the step that is learned, kept for its room
  std::vector<feature<V>> next_gradient_{};
};

template <class Prediction, class Target, class Rule>
learner(Prediction, Target, Rule)
    -> learner<Prediction, Target, typename detail::rule_for<Rule, Prediction>::type>;

}  // namespace bellman
