// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/choice.hpp>

#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

/// The policy that takes the first best action by an action-value function: what `greedy_policy` returns.
template <environment E, class Q>
class greedy_policy_of {
 public:
  constexpr greedy_policy_of(E its_env, Q its_q) : env_(std::move(its_env)), q_(std::move(its_q)) {}

  constexpr action_t<E> operator()(state_t<E> const& s) const {
    auto&& actions = env_.actions(s);
    auto a = std::ranges::begin(actions);
    auto const last = std::ranges::end(actions);
    if (a == last) rules::a_state_that_is_not_terminal_needs_an_action(s);
    action_t<E> best = static_cast<action_t<E>>(*a);
    auto value = q_(s, best);
    if constexpr (checked_order<decltype(value)>) {
      for (++a; a != last; ++a) {
        action_t<E> const other = static_cast<action_t<E>>(*a);
        auto const other_value = q_(s, other);
        if (value < other_value) {
          best = other;
          value = other_value;
        }
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
  template <class E, class G, class V>
  constexpr auto operator()(E env, G const& gamma, V v) const {
    if constexpr (checked_rewards<E>) {
      if constexpr (checked_value_function<V, E>) {
        auto q = action_value(env, gamma, std::move(v));
        return greedy_policy_of<E, decltype(q)>(std::move(env), std::move(q));
      }
    }
  }
};

}  // namespace detail

/// `greedy_policy(env, gamma, v)`: the policy `s -> argmax_a E[R_t + gamma v(S_{t+1}) | S_t = s, A_t = a]`, the first
/// of the best actions. The policy improvement step: with `v` the value of a policy, it is at least as good everywhere,
/// and as good only if both are optimal. Sutton and Barto, section 4.2.
inline constexpr detail::greedy_policy_fn greedy_policy{};

}  // namespace bellman
