// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/learning/internal/requirements.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>

namespace bellman {

namespace detail {

struct objective_fn {
  template <class E, class Policy, class G, class... Start,
            class = typename internal::parts_of_an_objective<E, Policy, G, Start...>::type::yes>
  constexpr auto operator()(E const& env, Policy const& policy, G const& gamma, Start const&... start) const {
    if constexpr (sizeof...(Start) == 0) {
      return from(env, policy, gamma, env.start());
    } else {
      return from(env, policy, gamma, start...);
    }
  }

 private:
  template <class E, class Policy, class G, class Start>
  static constexpr auto from(E const& env, Policy const& policy, G const& gamma, Start const& start) {
    if constexpr (internal::a_state_of<Start, E>) {
      return from(env, policy, gamma, dirac<state_t<E>>(start));
    } else {
      check_weights(start);
      auto const v = state_value(env, policy, gamma, start);
      return expectation(start, [&](auto const& s) { return v(s); });
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
