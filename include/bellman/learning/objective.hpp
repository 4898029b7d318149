// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/requirements.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/internal/requirements.hpp>

namespace bellman {

namespace detail {

struct objective_fn {
  template <
      class E, class Policy, class G, class... Start, class Env = internal::environment_argument_t<E>,
      class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                       internal::a_policy_of_means_for<Policy, Env>, internal::a_discount_of<G, Env>,
                                       internal::a_beginning_of<Env, Start...>>::type::yes>
  constexpr auto operator()(E const& env, Policy const& policy, G const& gamma, Start const&... start) const {
    if constexpr (sizeof...(Start) == 0) {
      return (*this)(env, policy, gamma, internal::environment_itself(env).start());
    } else if constexpr ((internal::names_a_state<Start, Env> && ...)) {
      return (*this)(env, policy, gamma, dirac<state_t<Env>>(static_cast<state_t<Env>>(start))...);
    } else {
      (check_weights(start), ...);
      auto const v = state_value(internal::environment_itself(env), policy, gamma, start...);
      return expectation(start..., [&](auto const& s) { return v(s); });
    }
  }
};

}  // namespace detail

/// `objective(env, policy, gamma)`: `J = E[V_pi(S_0)]` with `S_0` drawn from `env.start()`;
/// `objective(env, policy, gamma, start)`: from a state or a distribution over states.
///
/// With a policy whose probabilities are dual numbers it carries the gradient of `J` in their directions.
///
/// *Arguments*: an environment, a policy for it, a discount; `start`: a state or a distribution over states.
/// *Errors*: `invalid_value` unless the weights of the start states sum to one; those of `state_value`. Does not
/// compile without `start` for an environment that has none.
/// *Cost*: that of `state_value`.
/// *Laws*: it is the expectation of the return over whole trajectories, `E_{tau ~ pi}[R(tau)]`:
/// tests/learning/objective.cpp.
/// *Source*: foundation text, 1.6.
/// *Use*:
///     bellman::objective(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         [](bellman::context const&) { return 1; }, 0.5, bellman::context{}) == 1.5
inline constexpr detail::objective_fn objective{};

}  // namespace bellman
