// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/episode.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/feature.hpp>
#include <bellman/learning/internal/observed_episode.hpp>
#include <bellman/learning/internal/target_parts.hpp>
#include <bellman/learning/prediction.hpp>
#include <bellman/learning/step_schedule.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct advantages_are_one_number_for_each_step {};
struct an_advantage_is_a_number_as_the_weights_of_the_policy_are {};
struct the_policy_has_no_log_probabilities_with_derivatives_for_this_state_and_action {};

}  // namespace refused

namespace detail {

template <class A>
[[noreturn]] void an_action_taken_must_be_possible(std::size_t t, A const& a) {
  internal::refuse("bellman: at step " + std::to_string(t) + " the episode has action " + internal::describe(a) +
                   ", to which the agent's policy gives probability 0");
}
template <class X>
[[noreturn]] void an_advantage_must_be_finite(X const& x) {
  internal::refuse("bellman: the advantage of an action is " + internal::describe(x) + "; it must be finite");
}
[[noreturn]] inline void there_must_be_an_advantage_for_each_step(std::size_t advantages, std::size_t steps) {
  internal::refuse("bellman: " + std::to_string(advantages) + " advantages for an episode of " +
                   std::to_string(steps) + " steps; there must be one for each");
}

}  // namespace detail

/// A policy with weights and the derivatives of its log-probabilities.
///
/// Minimal definition: `value_type`; `policy(s)`, a distribution over actions; `policy.score(visit, s, a)`, which calls
/// `visit(i, d)` for the derivative `d` of `log pi(a | s)` with respect to weight i; `policy.weights()`.
///
/// Models: `softmax_policy`, `policy_family`.
template <class P, class S, class A>
concept differentiable_policy = internal::accepts<internal::a_prediction<P>> && requires(P& p, S const& s, A const& a) {
  std::as_const(p)(s);
  p.score(internal::gradient_visitor<typename P::value_type>(), s, a);
};

namespace internal {

template <class Policy, class Schedule>
consteval auto judge_actor() {
  if constexpr (!accepts<a_prediction<Policy>>) {
    return typename a_prediction<Policy>::type{};
  } else {
    return typename a_step_schedule_for<Schedule, typename Policy::value_type>::type{};
  }
}
template <class Policy, class Schedule>
struct parts_of_an_actor {
  using type = decltype(internal::judge_actor<Policy, Schedule>());
};

template <class Policy, class S, class A>
consteval auto judge_action_of_an_actor() {
  using answers = a_policy_of_target<Policy, S, A, typename Policy::value_type>;
  if constexpr (!accepts<answers>) {
    return typename answers::type{};
  } else {
    return typename rule<
        differentiable_policy<Policy, S, A>,
        refused::the_policy_has_no_log_probabilities_with_derivatives_for_this_state_and_action>::type{};
  }
}
/// A state and an action of an actor.
template <class Policy, class S, class A>
struct an_action_of_an_actor {
  using type = decltype(internal::judge_action_of_an_actor<Policy, S, A>());
};

template <class X, class V>
struct an_advantage
    : rule<std::convertible_to<X, V>, refused::an_advantage_is_a_number_as_the_weights_of_the_policy_are> {};
template <class Advantages, class V>
struct advantages_of_an_actor
    : rule<(std::ranges::forward_range<Advantages const> &&
            requires(Advantages const& all) { { *std::ranges::begin(all) } -> std::convertible_to<V>; }),
           refused::advantages_are_one_number_for_each_step> {};

}  // namespace internal

/// `actor(policy, step)`: a policy that follows its gradient: `w += alpha A grad log pi(a | s)`, where A is any
/// estimate of the advantage of the action: a return, a return less a baseline, a TD error, `gae`.
///
/// `observe(s, a, advantage)`: one step; `improve(episode, advantages)`: one step for the sum over an episode.
///
/// *Arguments*: a `differentiable_policy`; a step size or a `step_schedule` of the number of steps.
/// *Errors*: `invalid_value` for an advantage that is not finite, for another number of them than of steps, for an
/// action that the policy never takes; the weights are then as they were.
/// *Cost*: a score for each step.
/// *Laws*: the expected sum over an episode, with `A_t = gamma^t G_t`, is the policy gradient:
/// tests/learning/policy_gradient_agent.cpp; and with the TD errors of the true values:
/// tests/learning/expected_steps.cpp.
/// *Source*: Sutton and Barto, sections 13.3 to 13.5.
/// *Use*:
///     [] {
///       auto const family = [](auto const& theta, int) {
///         return bellman::softmax(std::array{'x', 'y'}, std::array{theta[0], theta[1]});
///       };
///       bellman::actor agent(bellman::policy_family(family, std::array{0.0, 0.0}), 1.0);
///       agent.observe(0, 'x', 2.0);
///       return agent.policy().weights() == std::array{1.0, -1.0};
///     }()
template <class Policy, class Schedule, class Verdict = typename internal::parts_of_an_actor<Policy, Schedule>::type>
class actor {
 public:
  // Of parts that do not go together, which no call has; the last argument of the type says why.
  template <class Reason = Verdict, class = typename Reason::yes>
  actor(Policy const&, Schedule const&);
};

template <class Policy, class Schedule>
class actor<Policy, Schedule, internal::accepted> {
 public:
  using value_type = typename Policy::value_type;
  using V = value_type;

  constexpr actor(Policy its_policy, Schedule const& its_step) : policy_(std::move(its_policy)), step_(its_step) {}

  /// The distribution over actions in a state.
  template <class S>
    requires std::invocable<Policy const&, S const&>
  constexpr auto operator()(S const& s) const {
    return policy_(s);
  }
  constexpr Policy const& policy() const& { return policy_; }
  constexpr Policy policy() && { return std::move(policy_); }

  /// Refuses an action that the policy never takes.
  template <class S, class A, class = typename internal::an_action_of_an_actor<Policy, S, A>::type::yes>
  constexpr void check(S const& s, A const& a) const {
    check(0, s, a, V(0));
  }
  template <class S, class A, class X,
            class = typename internal::every<internal::an_action_of_an_actor<Policy, S, A>,
                                             internal::an_advantage<X, value_type>>::type::yes>
  constexpr void observe(S const& s, A const& a, X const& by) {
    V const scale = static_cast<V>(by);
    check(0, s, a, scale);
    score_.clear();
    policy_.score([&](std::size_t i, V const& d) { score_.push_back(feature<V>{i, d}); }, s, a);
    V const size = product(next_size(), scale);
    auto&& w = policy_.weights();
    for (auto const& part : score_) w[part.index] = sum(w[part.index], product(size, part.value));
  }

  template <class S, class A, class R, class Advantages,
            class = typename internal::every<internal::an_action_of_an_actor<Policy, S, A>,
                                             internal::advantages_of_an_actor<Advantages, value_type>>::type::yes>
  constexpr void improve(episode<S, A, R> const& seen, Advantages const& advantages) {
    internal::check_lengths(seen);
    auto const n = static_cast<std::size_t>(std::ranges::distance(advantages));
    if (n != seen.size()) detail::there_must_be_an_advantage_for_each_step(n, seen.size());
    std::size_t t = 0;
    for (auto const& x : advantages) {
      check(t, seen.states[t], seen.actions[t], static_cast<V>(x));
      ++t;
    }
    V const size = next_size();
    std::vector<accumulator<V>> moved;
    t = 0;
    for (auto const& x : advantages) {
      V const by = product(size, static_cast<V>(x));
      policy_.score(
          [&](std::size_t i, V const& d) {
            while (moved.size() <= i) moved.push_back(accumulator<V>());
            moved[i].add(V(product(by, d)));
          },
          seen.states[t], seen.actions[t]);
      ++t;
    }
    auto&& w = policy_.weights();
    for (std::size_t i = 0; i < moved.size(); ++i) {
      accumulator<V> all;
      all.add(V(w[i]));
      w[i] = static_cast<V>((all + moved[i]).value());
    }
  }

 private:
  template <class S, class A>
  constexpr void check(std::size_t t, S const& s, A const& a, V const& x) const {
    if (!is_finite(x)) detail::an_advantage_must_be_finite(x);
    if (!(V(0) < internal::probability_of<V>(policy_(s), a))) detail::an_action_taken_must_be_possible(t, a);
  }
  constexpr V next_size() {
    V const size = step_size_of<V>(step_, n_ + 1);
    ++n_;
    return size;
  }

  Policy policy_;
  step_schedule_t<Schedule> step_;
  std::size_t n_ = 0;
  std::vector<feature<V>> score_{};
};

template <class Policy, class Schedule>
actor(Policy, Schedule) -> actor<Policy, Schedule>;

}  // namespace bellman
