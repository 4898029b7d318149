// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/selection.hpp>

#include <type_traits>

namespace bellman {

namespace detail {

struct watkins_q_lambda_returns_estimator {
  using columns = bellman::columns<value_column<"values">, value_column<"action values">>;
  template <class N>
  using parameters = trace_parameters<N>;

  template <class Step, class X>
  [[gnu::always_inline]] static constexpr auto terms(Step const& step, X const& greatest, X const& q) {
    static_assert(!internal::has_bounds<X>,
                  "bellman: Watkins' Q(lambda) must know which actions are greedy; of intervals it is not known");
    using F = std::remove_cvref_t<decltype(step.lambda)>;
    return correction{greatest, select(less(q, greatest), F(0), F(step.lambda)), q};
  }
};

}  // namespace detail

/// `watkins_q_lambda_returns(rewards, greatest, action_values, steps, p)`: Q(lambda) that looks ahead until the first
/// action that was not greedy: the off-policy returns with `v = max_a Q(S_t, a)` and the traces lambda where
/// `Q(S_t, A_t)` is the greatest, else 0.
///
/// Peng's Q(lambda) is `lambda_returns(rewards, greatest, steps, p)`.
///
/// *Arguments*: for each reward the greatest action value of the state in which it was earned, and that of the action
/// taken. Otherwise, and forms, as `gae`, with one output.
/// *Errors*: as `gae`; intervals do not compile.
/// *Cost*: O(n); nothing is allocated but the result.
/// *Laws*: where every action is greedy, Peng's Q(lambda) (tests/laws).
/// *Source*: Sutton and Barto 2018, section 12.10.
/// *Use*:
///     bellman::watkins_q_lambda_returns(std::array{1.0, 2.0}, std::array{3.0, 4.0}, std::array{3.0, 1.0},
///                                       bellman::terminated{}, {.gamma = 0.5, .lambda = 1}) == std::array{3.0, 2.0}
inline constexpr estimator_fn<detail::watkins_q_lambda_returns_estimator> watkins_q_lambda_returns{};

/// `watkins_q_lambda_returns_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr estimator_fn<detail::watkins_q_lambda_returns_estimator, V, Order> watkins_q_lambda_returns_in{};

}  // namespace bellman
