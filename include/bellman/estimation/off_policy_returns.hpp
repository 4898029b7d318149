// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/terms.hpp>

namespace bellman {

namespace detail {

struct off_policy_returns_estimator : internal::terms_of_traces {
  using columns = bellman::columns<value_column<"values">, value_column<"action values">, scalar_column<"traces">>;
};

}  // namespace detail

/// `off_policy_returns(rewards, state_values, action_values, traces, steps, {.gamma = g, .lambda = l})`: the general
/// return off the policy that acted,
/// `G_t = R_t + gamma_t (v_{t+1} + lambda_{t+1} c_{t+1} (G_{t+1} - q_{t+1}))`.
///
/// *Arguments*: for each reward `state_values` has what the state in which it was earned is worth to the policy in
/// question (`E_pi Q(S_t, .)`, or the greatest), `action_values` the `Q(S_t, A_t)` of the action taken, and `traces`
/// the `c_t`, how much of the difference is believed: `pi / mu` for importance sampling, `pi` for tree backup, ...
/// Traces may be any number. Otherwise, and forms, as `gae`, with one output.
/// *Errors*: as `gae`; traces are not checked (`importance_ratios` makes ratios that are).
/// *Cost*: O(n); nothing is allocated but the result.
/// *Laws*: the return has the fixed point Q_pi when the traces lie between 0 and `pi / mu`
/// (tests/laws/off_policy_laws.cpp).
/// *Source*: Munos et al. 2016, (3); Sutton and Barto 2018, section 12.9.
/// *Use*:
///     bellman::off_policy_returns(std::array{1.0, 2.0}, std::array{3.0, 4.0}, std::array{3.0, 5.0},
///                                 std::array{1.0, 0.5}, bellman::terminated{}, {.gamma = 0.5, .lambda = 1}) ==
///         std::array{2.25, 2.0}
inline constexpr estimator_fn<detail::off_policy_returns_estimator> off_policy_returns{};

/// `off_policy_returns_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr estimator_fn<detail::off_policy_returns_estimator, V, Order> off_policy_returns_in{};

}  // namespace bellman
