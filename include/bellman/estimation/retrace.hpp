// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/terms.hpp>
#include <bellman/scalar/at_most.hpp>

namespace bellman {

namespace detail {

struct retrace_estimator : internal::terms_of_traces {
  using columns = bellman::columns<value_column<"values">, value_column<"action values">, scalar_column<"ratios">>;

  template <class Step, class X, class F>
  [[gnu::always_inline]] static constexpr auto terms(Step const& step, X const& v, X const& q, F const& rho) {
    return terms_of_traces::terms(step, v, q, at_most(F(1), rho));
  }
};

}  // namespace detail

/// `retrace(rewards, state_values, action_values, ratios, steps, p)`: the off-policy returns with the traces
/// `lambda min(1, pi(A_t | S_t) / mu(A_t | S_t))`.
///
/// *Arguments*: as `off_policy_returns`, with the importance ratios `pi / mu` of the actions taken for traces.
/// *Errors*: as `off_policy_returns`.
/// *Cost*: O(n); nothing is allocated but the result.
/// *Laws*: with ratios 1 and action values that are those of the states, the lambda-returns (tests/laws).
/// *Source*: Munos et al. 2016, section 3.
/// *Use*:
///     bellman::retrace(std::array{1.0, 2.0}, std::array{3.0, 4.0}, std::array{3.0, 5.0}, std::array{1.0, 2.0},
///                      bellman::terminated{}, {.gamma = 0.5, .lambda = 1}) == std::array{1.5, 2.0}
inline constexpr estimator_fn<detail::retrace_estimator> retrace{};

/// `retrace_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr estimator_fn<detail::retrace_estimator, V, Order> retrace_in{};

}  // namespace bellman
