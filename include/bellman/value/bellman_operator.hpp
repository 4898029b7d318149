// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/discount.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

/// The Bellman operator: `(T v)(s) = choice over a of E[R_t + gamma v(S_{t+1}) | S_t = s, A_t = a]`, and 0 where `s` is
/// terminal. A value function goes in, a value function comes out.
///
/// There is one; the choice of how a state's action values become its value makes it `T_pi`, `T*` or the soft one.
/// Laws, for each choice (tests/laws): monotone, `v <= w` implies `T v <= T w`; `T(v + c) = T v + gamma c` where
/// nothing ends; a contraction, `|T v - T w| <= gamma |v - w|` in the largest difference.
template <environment E, class Choice, class F>
class bellman_operator {
 public:
  constexpr bellman_operator(E its_env, Choice its_choice, discount<F> its_gamma)
      : env_(std::move(its_env)), choice_(std::move(its_choice)), gamma_(std::move(its_gamma)) {}

  /// The value function `T v`; `v` is any callable of a state.
  template <class V>
  constexpr auto operator()(V v) const {
    if constexpr (checked_value_function<V, E>) {
      return backed_up<V>(*this, action_value_function<E, F, V>(env_, gamma_, std::move(v)));
    }
  }

 private:
  template <class V>
  class backed_up {
   public:
    constexpr backed_up(bellman_operator const& op, action_value_function<E, F, V> its_q)
        : env_(op.env_), choice_(op.choice_), q_(std::move(its_q)) {}

    constexpr auto operator()(state_t<E> const& s) const {
      auto q_of = [&](action_t<E> const& a) { return q_(s, a); };
      using W = std::remove_cvref_t<decltype(choice_(env_, s, q_of))>;
      if (env_.terminal(s)) return W{};
      return W(choice_(env_, s, q_of));
    }

   private:
    E env_;
    Choice choice_;
    action_value_function<E, F, V> q_;
  };

  E env_;
  Choice choice_;
  discount<F> gamma_;
};

namespace detail {

struct make_operator_fn {
  template <class E, class Choice, class G>
  constexpr auto operator()(E env, Choice choice, G const& gamma) const {
    auto const checked = discount_for<reward_t<E>>(gamma);
    using F = std::remove_cvref_t<decltype(checked.value())>;
    return bellman_operator<E, Choice, F>(std::move(env), std::move(choice), checked);
  }
};

struct bellman_expectation_fn {
  template <class E, class Policy, class G>
  constexpr auto operator()(E env, Policy policy, G const& gamma) const {
    if constexpr (checked_rewards<E>) {
      if constexpr (checked_policy_weights<Policy, E>) {
        return make_operator_fn{}(std::move(env), expected_choice<Policy>{std::move(policy)}, gamma);
      }
    }
  }
};

struct bellman_optimality_fn {
  template <class E, class G>
  constexpr auto operator()(E env, G const& gamma) const {
    if constexpr (checked_rewards<E>) {
      if constexpr (checked_order<reward_t<E>>) return make_operator_fn{}(std::move(env), greedy_choice{}, gamma);
    }
  }
};

struct bellman_soft_fn {
  template <class E, class G, class F>
  constexpr auto operator()(E env, G const& gamma, F temperature) const {
    if constexpr (checked_rewards<E>) return make(std::move(env), gamma, temperature, uniform_over_actions{});
  }
  template <class E, class G, class F, class Policy>
  constexpr auto operator()(E env, G const& gamma, F temperature, Policy reference) const {
    if constexpr (checked_rewards<E>) {
      if constexpr (checked_policy_weights<Policy, E>) {
        return make(std::move(env), gamma, temperature, reference_policy<Policy>{std::move(reference)});
      }
    }
  }

 private:
  template <class E, class G, class F, class Reference>
  static constexpr auto make(E env, G const& gamma, F const& temperature, Reference reference) {
    using T = discount_scalar_t<scalar_t<reward_t<E>>, F>;
    if constexpr (exact_scalar<T>) {
      static_assert(internal::refused<T>, "bellman: the soft operator needs exp and log, which no exact scalar has");
    } else if constexpr (checked_order<reward_t<E>>) {
      T const t = static_cast<T>(temperature);
      if (!(T(0) < t && t - t == T(0))) rules::a_temperature_must_be_above_zero(t);
      return make_operator_fn{}(std::move(env), soft_choice<T, Reference>{t, std::move(reference)}, gamma);
    }
  }
};

}  // namespace detail

/// `bellman_expectation(env, policy, gamma)`: the operator `T_pi`,
/// `(T_pi v)(s) = E_pi[R_t + gamma v(S_{t+1}) | S_t = s]`, whose fixed point is the policy's state value. Foundation
/// text, 2.2; Sutton and Barto, (3.14).
inline constexpr detail::bellman_expectation_fn bellman_expectation{};

/// `bellman_optimality(env, gamma)`: the operator `T*`,
/// `(T* v)(s) = max_a E[R_t + gamma v(S_{t+1}) | S_t = s, A_t = a]`, whose fixed point is the optimal value. Values
/// must have an order. Sutton and Barto, (3.19).
inline constexpr detail::bellman_optimality_fn bellman_optimality{};

/// `bellman_soft(env, gamma, tau)`: `tau log E_a[exp(Q(s, a) / tau)]`, `a` uniform over the actions, or drawn from a
/// reference policy given last; `tau > 0`. Between `T_pi` of the reference and `T*`. Floating-point scalars only.
inline constexpr detail::bellman_soft_fn bellman_soft{};

}  // namespace bellman
