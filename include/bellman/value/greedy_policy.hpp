// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/internal/requirements.hpp>
#include <bellman/value/internal/rules.hpp>

#include <ranges>
#include <utility>

namespace bellman {

/// The policy that takes the first best action by an action-value function: what `greedy_policy` returns.
template <environment E, class Q>
class greedy_policy_of {
 public:
  constexpr greedy_policy_of(E its_env, Q its_q) : env_(std::move(its_env)), q_(std::move(its_q)) {}

  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr action_t<E> operator()(S const& named) const {
    state_t<E> const& s = internal::named<state_t<E>>(named);
    auto&& actions = env_.actions(s);
    auto a = std::ranges::begin(actions);
    auto const last = std::ranges::end(actions);
    if (a == last) internal::a_state_that_is_not_terminal_needs_an_action(s);
    action_t<E> best = static_cast<action_t<E>>(*a);
    auto value = q_(s, best);
    for (++a; a != last; ++a) {
      action_t<E> const other = static_cast<action_t<E>>(*a);
      auto const other_value = q_(s, other);
      if (value < other_value) {
        best = other;
        value = other_value;
      }
    }
    return best;
  }

 private:
  E env_;
  Q q_;
};

namespace detail {

struct greedy_policy_fn {
  template <class E, class G, class V, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::rewards_with_an_order<Env>, internal::a_discount_of<G, Env>,
                                             internal::a_value_function_of<V, Env>>::type::yes>
  constexpr auto operator()(E&& env, G const& gamma, V v) const {
    auto held = internal::held_environment(std::forward<E>(env));
    auto q = action_value(held, gamma, std::move(v));
    return greedy_policy_of<decltype(held), decltype(q)>(std::move(held), std::move(q));
  }
};

}  // namespace detail

/// `greedy_policy(env, gamma, v)`: the policy `s -> argmax_a E[R_t + gamma v(S_{t+1}) | S_t = s, A_t = a]`, the first
/// of the best actions: the policy improvement step.
///
/// *Arguments*: as for `action_value`; values must have an order.
/// *Errors*: those of `action_value`, and `invalid_value`, when it is called, for a state without actions.
/// *Cost*: a call costs one action value for each action.
/// *Laws*: with `v` the value of a policy, it is at least as good everywhere, and as good only if both are optimal:
/// tests/laws.
/// *Source*: Sutton and Barto, section 4.2.
/// *Use*:
///     bellman::greedy_policy(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         0.5, [](bellman::context const&) { return 0.0; })(bellman::context{}) == 1
inline constexpr detail::greedy_policy_fn greedy_policy{};

}  // namespace bellman
