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
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/square_root.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_confidence_bound_needs_log_and_sqrt_which_no_exact_number_has {};
struct counts_of_actions_are_a_callable_of_a_state_and_an_action_that_returns_an_integer {};

}  // namespace refused

namespace internal {

template <class V>
concept has_log_and_sqrt =
    std::is_invocable_v<decltype(log), V const&> && std::is_invocable_v<decltype(sqrt), V const&>;

template <class N, class E>
consteval bool judge_counts() {
  if constexpr (requires { typename action_value_t<N, E>; }) {
    return whole_number<action_value_t<N, E>>;
  } else {
    return false;
  }
}

/// How often each action was taken in each state.
template <class N, class E>
struct counts_of_actions_in
    : rule<internal::judge_counts<N, E>(),
           refused::counts_of_actions_are_a_callable_of_a_state_and_an_action_that_returns_an_integer> {};

/// Action values to which a confidence bound can be added.
template <class Q, class E>
struct action_values_with_a_bound : rule<has_log_and_sqrt<action_value_number_t<Q, E>>,
                                         refused::a_confidence_bound_needs_log_and_sqrt_which_no_exact_number_has> {};

/// What UCB1 is made of.
template <class E, class Q, class N>
struct parts_of_ucb1
    : every<an_environment<environment_argument_t<E>>, an_action_value_of<Q, environment_argument_t<E>>,
            action_values_with_a_bound<Q, environment_argument_t<E>>,
            counts_of_actions_in<N, environment_argument_t<E>>> {};

}  // namespace internal

namespace detail {

[[noreturn]] inline void a_confidence_bound_must_not_be_negative(double c) {
  internal::refuse("bellman: the factor of the confidence bound is " + internal::describe(c) +
                   "; it must be a finite number of at least 0");
}

}  // namespace detail

/// `ucb1{env, q, counts}`, `ucb1{env, q, counts, c}`: the policy that takes each action of a state once, and then the
/// first of `argmax_a q(s, a) + c sqrt(ln t / n_a)`, where `n_a` is how often a was taken in s and t the sum of these:
/// what was tried seldom may be better than it looks. Without c it is the square root of 2, for rewards in [0, 1].
///
/// *Arguments*: an environment and `q` as for `epsilon_greedy`; `counts`: any callable `(s, a) -> integer`, such as
/// `std::ref` of `visit_counts`. Values have logarithm and square root, which no exact number has.
/// *Errors*: `invalid_value` for a c that is negative or not finite; when called, for a state without actions.
/// *Cost*: a call costs one `q` and one count an action; actions in a `std::array` allocate nothing.
/// *Laws*: the expected regret of a bandit after t steps is at most
/// `8 sum_a ln t / D_a + (1 + pi^2 / 3) sum_a D_a`, with `D_a` what is lost by action a: tests/learning/bandits.cpp.
/// *Source*: Auer, Cesa-Bianchi and Fischer 2002, theorem 1; Sutton and Barto, section 2.7.
/// *Use*:
///     bellman::ucb1{
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         [](bellman::context const&, bellman::token t) { return 0.5 - 0.25 * t; },
///         [](bellman::context const&, bellman::token t) { return t == 0 ? 40 : 2; }}(bellman::context{}) == 1
template <class E, class Q, class N>
class ucb1 {
  using Env = internal::environment_argument_t<E>;

 public:
  constexpr ucb1(E its_env, Q its_q, N its_counts) requires internal::accepts<internal::parts_of_ucb1<E, Q, N>>
      : ucb1(std::move(its_env), std::move(its_q), std::move(its_counts), sqrt(2.0)) {}
  constexpr ucb1(E its_env, Q its_q, N its_counts,
                 double its_factor) requires internal::accepts<internal::parts_of_ucb1<E, Q, N>>
      : env_(internal::held_environment(std::move(its_env))),
        q_(std::move(its_q)),
        counts_(std::move(its_counts)),
        factor_(its_factor) {
    if (!(0 <= its_factor) || !is_finite(its_factor)) detail::a_confidence_bound_must_not_be_negative(its_factor);
  }
  // Deleted for what is none, where all ways to make one would be listed.
  template <class... X, class Reason = typename internal::parts_of_ucb1<E, Q, N>::type>
  requires(!internal::accepts<internal::parts_of_ucb1<E, Q, N>> && sizeof...(X) <= 1) constexpr ucb1(E, Q, N,
                                                                                                     X...) = delete;

  /// The action to take in a state.
  template <class S, class = typename internal::a_state_of<S, Env>::type::yes>
  constexpr auto operator()(S const& named) const {
    using A = action_t<Env>;
    using V = internal::action_value_number_t<Q, Env>;
    state_t<Env> const& s = internal::named<state_t<Env>>(named);
    auto const taken = internal::each_action(env_, s, [&](A its_action) {
      auto const its_count = static_cast<std::size_t>(counts_(s, std::as_const(its_action)));
      return action_taken<A>{std::move(its_action), its_count};
    });
    std::size_t total = 0;
    for (auto const& e : taken) {
      if (e.count == 0) return e.action;
      total += e.count;
    }
    V const log_of_total = log(as_number<V>(total));
    auto const bound_of = [&](action_taken<A> const& arm) {
      V const uncertainty = sqrt(V(quotient(log_of_total, as_number<V>(arm.count))));
      return V(sum(as_number<V>(q_(s, arm.action)), V(product(static_cast<V>(factor_), uncertainty))));
    };
    std::size_t best = 0;
    V value = bound_of(taken[0]);
    for (std::size_t i = 1; i < taken.size(); ++i) {
      V const other = bound_of(taken[i]);
      if (!(value < other)) continue;
      best = i;
      value = other;
    }
    return taken[best].action;
  }

 private:
  template <class A>
  struct action_taken {
    A action;
    std::size_t count;
  };

  internal::held_environment_t<E> env_;
  Q q_;
  N counts_;
  double factor_;
};

}  // namespace bellman
