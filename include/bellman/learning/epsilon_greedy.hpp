// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/an_environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/exploration.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <cstddef>
#include <utility>

namespace bellman {

namespace internal {

/// What an epsilon-greedy policy is made of.
template <class E, class Q, class F>
struct parts_of_epsilon_greedy
    : every<an_environment<environment_argument_t<E>>, an_action_value_of<Q, environment_argument_t<E>>,
            rule<ordered_field<F>, refused::a_share_of_explored_actions_is_a_number_with_an_order>> {};

}  // namespace internal

namespace detail {

template <class F>
[[noreturn]] void a_share_of_explored_actions_must_lie_between_zero_and_one(F const& e) {
  internal::refuse("bellman: the share of explored actions is " + internal::describe(e) + "; it must lie in [0, 1]");
}

}  // namespace detail

/// `epsilon_greedy{env, q, e}`: the policy that takes the first best action by an action value, but with probability e
/// any of the actions alike: `pi(a | s) = e / n + (1 - e) [a is the first of argmax q(s, .)]`, exact where e is.
///
/// *Arguments*: an environment, of which only `actions(s)` is asked, or a `std::reference_wrapper` of one; `q`: any
/// callable `(s, a) -> number`, which is copied: of a learner that changes hand over `std::ref(learner)`, so that the
/// policy changes with it; a number in [0, 1], an integer is taken as a `double`. A policy costs nothing to make anew
/// where e falls from step to step: `epsilon_greedy{std::ref(env), std::ref(q), schedule(n)}`.
/// *Errors*: `invalid_value` for any other number; when called, for a state without actions.
/// *Cost*: a call costs one `q` an action; actions in a `std::array` allocate nothing.
/// *Laws*: with e = 0 it is the greedy policy, with e = 1 uniform; none that gives each action at least e / n has a
/// larger expected q: tests/learning/epsilon_greedy.cpp.
/// *Source*: Sutton and Barto, sections 2.2 and 5.4.
/// *Use*:
///     bellman::epsilon_greedy{
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         [](bellman::context const&, bellman::token t) { return 1.0 * t; }, 0.5}(bellman::context{}).begin()
///         ->probability == 0.25
template <class E, class Q, class F>
class epsilon_greedy {
  using Env = internal::environment_argument_t<E>;

 public:
  constexpr epsilon_greedy(E its_env, Q its_q,
                           F its_share) requires internal::accepts<internal::parts_of_epsilon_greedy<E, Q, F>>
      : env_(internal::held_environment(std::move(its_env))), q_(std::move(its_q)), share_(std::move(its_share)) {
    if (!internal::is_in_the_unit_interval(share_)) {
      detail::a_share_of_explored_actions_must_lie_between_zero_and_one(share_);
    }
  }
  // Deleted for what is none, where all ways to make one would be listed.
  template <class Reason = typename internal::parts_of_epsilon_greedy<E, Q, F>::type>
  requires(!internal::accepts<internal::parts_of_epsilon_greedy<E, Q, F>>) constexpr epsilon_greedy(E, Q, F) = delete;

  /// The distribution over the actions of a state.
  template <class S, class = typename internal::a_state_of<S, Env>::type::yes>
  constexpr auto operator()(S const& named) const {
    using A = action_t<Env>;
    state_t<Env> const& s = internal::named<state_t<Env>>(named);
    auto points = internal::each_action(env_, s, [](A its_action) {
      return weighted<A, F>{std::move(its_action), F(0)};
    });
    std::size_t best = 0;
    auto value = q_(s, std::as_const(points[0].value));
    for (std::size_t i = 1; i < points.size(); ++i) {
      auto const other = q_(s, std::as_const(points[i].value));
      if (!(value < other)) continue;
      best = i;
      value = other;
    }
    F const each = quotient(share_, as_number<F>(points.size()));
    for (auto& e : points) e.probability = each;
    points[best].probability = sum(each, F(difference(F(1), share_)));
    return categorical(internal::weights_checked{}, std::move(points));
  }

 private:
  internal::held_environment_t<E> env_;
  Q q_;
  F share_;
};
template <class E, class Q, class F>
epsilon_greedy(E, Q, F) -> epsilon_greedy<E, Q, number_t<F>>;

}  // namespace bellman
