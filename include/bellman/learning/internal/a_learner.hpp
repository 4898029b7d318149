// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/feature.hpp>
#include <bellman/learning/learning_target.hpp>
#include <bellman/learning/learning_rule.hpp>
#include <bellman/learning/prediction.hpp>
#include <bellman/scalar/known.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <type_traits>
#include <vector>

namespace bellman {

namespace refused {

struct this_is_no_target_to_learn {};
struct this_is_neither_a_learning_rule_nor_a_step_size_nor_a_schedule_of_step_sizes {};
struct this_rule_takes_targets_that_value_a_state_as_they_predict_it_as_td_learning_and_sarsa {};
struct with_n_steps_a_target_says_its_lambda_where_1_gives_the_n_step_return {};
struct the_target_reads_the_action_taken_next_which_is_the_last_argument {};
struct the_target_reads_no_action_taken_next {};
struct a_reward_is_a_number_as_the_prediction_is {};
struct what_comes_after_a_step_is_a_state_or_terminated_or_truncated_with_a_state {};
struct the_action_taken_next_is_an_action_as_the_one_before {};
struct this_rule_reads_the_gradient_of_the_next_value_which_the_target_does_not_have {};
struct the_states_and_actions_are_none_of_the_environment_whose_steps_are_kept {};
struct this_rule_takes_no_targets_that_are_given {};
struct a_target_that_is_given_is_a_number_as_the_prediction_is {};

}  // namespace refused

namespace internal {

template <class Target>
inline constexpr bool target_predicts_its_value = false;
template <class Target>
  requires requires { Target::predicts_its_value; }
inline constexpr bool target_predicts_its_value<Target> = Target::predicts_its_value;

template <class X>
struct a_decay_of_traces {
  template <class V>
  using of = a_discount_for<X, V>;
};
template <>
struct a_decay_of_traces<known_zero> {
  template <class V>
  using of = every<>;
};

template <class P, class Target, class Rule>
consteval auto judge_learner() {
  if constexpr (!accepts<a_prediction<P>>) {
    return typename a_prediction<P>::type{};
  } else if constexpr (!learning_target<Target>) {
    return refused::this_is_no_target_to_learn{};
  } else {
    using V = typename P::value_type;
    using G = std::remove_cvref_t<decltype(Target::gamma)>;
    using L = std::remove_cvref_t<decltype(Target::lambda)>;
    using of_numbers = every<a_discount_for<G, V>, typename a_decay_of_traces<L>::template of<V>>;
    if constexpr (!accepts<of_numbers>) {
      return typename of_numbers::type{};
    } else if constexpr (!learning_rule<Rule, V>) {
      return refused::this_is_neither_a_learning_rule_nor_a_step_size_nor_a_schedule_of_step_sizes{};
    } else {
      using working = started_t<Rule, V>;
      if constexpr (needs_the_value_as_predicted<working> && !target_predicts_its_value<Target>) {
        return refused::this_rule_takes_targets_that_value_a_state_as_they_predict_it_as_td_learning_and_sarsa{};
      } else if constexpr (keeps_steps<working> && std::same_as<L, known_zero>) {
        return refused::with_n_steps_a_target_says_its_lambda_where_1_gives_the_n_step_return{};
      } else {
        return accepted{};
      }
    }
  }
}

/// A prediction, a target and a rule that go together.
template <class P, class Target, class Rule>
struct a_learner {
  using type = decltype(internal::judge_learner<P, Target, Rule>());
};

template <class S, class A, class P, class Parts>
struct a_prediction_for : a_prediction_of<P, S, A> {};
template <class S, class A, class P>
struct a_prediction_for<S, A, P, of_states> : a_prediction_of<P, S> {};

template <class After>
inline constexpr bool is_the_last = std::same_as<After, terminated>;

/// The state that comes after a step.
template <class After>
struct state_after {
  using type = After;
};
template <class S>
struct state_after<truncated<S>> {
  using type = S;
};
template <class After>
using state_after_t = typename state_after<After>::type;

template <class Target, class P, class S, class A>
struct what_a_target_asks : every<> {};
template <class Target, class P, class S, class A>
  requires requires { typename Target::template asks<P, S, A>; }
struct what_a_target_asks<Target, P, S, A> : Target::template asks<P, S, A> {};

/// What is predicted of a state and an action, of which the target knows what it reads.
template <class P, class Target, class S, class A>
struct what_is_predicted
    : every<a_prediction_for<S, A, P, typename Target::parts>, what_a_target_asks<Target, P, S, A>> {};

template <class Working>
using step_kept_t = typename Working::step;
template <class Working, class V, class S, class A>
inline constexpr bool takes_the_step = true;
template <class Working, class V, class S, class A>
  requires keeps_steps<Working>
inline constexpr bool takes_the_step<Working, V, S, A> = requires(S const& s, A const& a, V const& r) {
  step_kept_t<Working>{s, a, r};
};

template <class Parts, class P, class Target, class S, class... NextAction>
concept has_a_value_gradient =
    requires(Target const& target, P& p, gradient_visitor<typename P::value_type> const& visit, S const& s,
             NextAction const&... a) { Parts::value_gradient(target, p, visit, s, a...); };

/// One step: a state, an action, a reward, what came after, and the action taken next where the target reads it.
template <class P, class Target, class Rule, class S, class A, class R, class After, class... NextAction>
consteval auto judge_step() {
  using V = typename P::value_type;
  using working = started_t<Rule, V>;
  if constexpr (!accepts<what_is_predicted<P, Target, S, A>>) {
    return typename what_is_predicted<P, Target, S, A>::type{};
  } else if constexpr (!std::convertible_to<R, V>) {
    return refused::a_reward_is_a_number_as_the_prediction_is{};
  } else if constexpr (!takes_the_step<working, V, S, A>) {
    return refused::the_states_and_actions_are_none_of_the_environment_whose_steps_are_kept{};
  } else if constexpr (is_the_last<After>) {
    return typename rule<sizeof...(NextAction) == 0, refused::the_target_reads_no_action_taken_next>::type{};
  } else if constexpr (!accepts<what_is_predicted<P, Target, state_after_t<After>, A>>) {
    return refused::what_comes_after_a_step_is_a_state_or_terminated_or_truncated_with_a_state{};
  } else if constexpr (sizeof...(NextAction) != (reads_next_action<Target> ? 1 : 0)) {
    return std::conditional_t<reads_next_action<Target>,
                              refused::the_target_reads_the_action_taken_next_which_is_the_last_argument,
                              refused::the_target_reads_no_action_taken_next>{};
  } else if constexpr (!(accepts<what_is_predicted<P, Target, state_after_t<After>, NextAction>> && ...)) {
    return refused::the_action_taken_next_is_an_action_as_the_one_before{};
  } else {
    constexpr bool is_derived =
        has_a_value_gradient<typename Target::parts, P, Target, state_after_t<After>, NextAction...>;
    return typename rule<
        (!reads_next_gradient<working> || is_derived),
        refused::this_rule_reads_the_gradient_of_the_next_value_which_the_target_does_not_have>::type{};
  }
}
template <class P, class Target, class Rule, class S, class A, class R, class After, class... NextAction>
struct a_step_to_learn_from {
  using type = decltype(internal::judge_step<P, Target, Rule, S, A, R, After, NextAction...>());
};

template <class P, class Target, class Rule, class S, class A, class R>
struct a_step_within_an_episode : a_step_to_learn_from<P, Target, Rule, S, A, R, S> {};
template <class P, class Target, class Rule, class S, class A, class R>
  requires reads_next_action<Target>
struct a_step_within_an_episode<P, Target, Rule, S, A, R> : a_step_to_learn_from<P, Target, Rule, S, A, R, S, A> {};

/// The steps of a recorded episode.
template <class P, class Target, class Rule, class S, class A, class R>
using an_episode_to_learn_from = every<a_step_within_an_episode<P, Target, Rule, S, A, R>,
                                       a_step_to_learn_from<P, Target, Rule, S, A, R, terminated>>;

template <class Working, class V>
concept takes_given_targets = requires(Working& rule, std::vector<V>& w, std::vector<feature<V>> const& g,
                                       V const& error) { rule.fit(w, g, error); };

template <class Rule, class V>
using a_rule_for_given_targets =
    rule<takes_given_targets<started_t<Rule, V>, V>, refused::this_rule_takes_no_targets_that_are_given>;

/// A target that is given for a state and an action.
template <class P, class Target, class Rule, class S, class A, class G>
using a_given_target =
    every<a_rule_for_given_targets<Rule, typename P::value_type>, what_is_predicted<P, Target, S, A>,
          rule<std::convertible_to<G, typename P::value_type>,
               refused::a_target_that_is_given_is_a_number_as_the_prediction_is>>;

}  // namespace internal

}  // namespace bellman
