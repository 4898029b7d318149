// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/answer.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/reward.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/requirements.hpp>
#include <bellman/learning/objective.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class T, std::size_t N>
constexpr coordinates<T, N> gradient_of(dual<T, N> const& x) {
  return {x.derivative};
}

// The policy without its derivatives.
template <class Policy>
struct primal_policy {
  Policy policy;

  template <class S>
    requires std::invocable<Policy const&, S const&>
  constexpr auto operator()(S const& s) const {
    using D = std::remove_cvref_t<decltype(policy(s))>;
    using T = std::remove_cvref_t<decltype(std::declval<probability_t<D>>().value)>;
    std::vector<weighted<support_t<D>, T>> points;
    for (auto const& e : policy(s)) points.push_back({e.value, e.probability.value});
    return points;
  }
};

struct policy_gradient_fn {
  template <class E, class Policy, class G, class... Start, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<
                internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                internal::a_policy_of_means_for<Policy, Env>, internal::a_policy_with_derivatives_for<Policy, Env>,
                internal::a_discount_of<G, Env>, internal::a_beginning_of<Env, Start...>>::type::yes>
  constexpr auto operator()(E const& env, Policy const& policy, G const& gamma, Start const&... start) const {
    auto const& dynamics = internal::environment_itself(env);
    if constexpr (sizeof...(Start) == 0) {
      return (*this)(env, policy, gamma, dynamics.start());
    } else {
      using P = probability_t<internal::answer_t<Policy, Env>>;
      primal_policy<Policy> const pi{policy};
      auto const q = action_value(internal::environment_reference<Env>(dynamics), gamma,
                                  state_value(dynamics, pi, gamma, start...));
      auto const score = [&](state_t<Env> const& s, action_t<Env> const&) {
        using W = std::remove_cvref_t<decltype(product(q(s, std::declval<action_t<Env>>()),
                                                       detail::gradient_of(std::declval<P const&>())))>;
        W total = scalar_traits<W>::zero();
        for (auto const& e : policy(s)) {
          total = sum(total, product(q(s, static_cast<action_t<Env>>(e.value)), detail::gradient_of(e.probability)));
        }
        return total;
      };
      return objective(with_reward(internal::environment_reference<Env>(dynamics), score), pi, gamma, start...);
    }
  }
};

}  // namespace detail

/// `policy_gradient(env, policy, gamma)`: the gradient of `J` by the policy-gradient theorem,
/// `grad J = E_pi[sum_t gamma^t sum_a grad pi(a | S_t) Q_pi(S_t, a)]`, as `coordinates` in the policy's parameters;
/// with a last argument, from a state or a distribution over states.
///
/// The gradient is itself a value: that of the same environment and policy, paid `sum_a grad pi(a | s) Q_pi(s, a)` in
/// each state, a vector.
///
/// *Arguments*: as for `objective`; the policy's probabilities are dual numbers, which carry `grad pi`.
/// *Errors*: those of `objective`; does not compile for a policy of other numbers.
/// *Cost*: that of two state values, and, for each outcome that the second one reads, a sum over all actions of its
/// state.
/// *Laws*: equal to the derivatives of `objective(env, policy, gamma)`, exactly in exact scalars:
/// tests/learning/policy_gradient.cpp.
/// *Source*: Sutton, McAllester, Singh and Mansour 2000, theorem 1; Sutton and Barto, section 13.2.
/// *Use*:
///     bellman::policy_gradient(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{1},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         [](bellman::context const&) {
///           auto const p = bellman::dual<double>::variable(0.25);
///           return std::vector{bellman::weighted{bellman::token{0}, 1 - p}, bellman::weighted{bellman::token{1}, p}};
///         },
///         1.0, bellman::context{})[0] == 1.0
inline constexpr detail::policy_gradient_fn policy_gradient{};

}  // namespace bellman
