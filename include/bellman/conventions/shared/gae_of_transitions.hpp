// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/at_arrival.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/less_values.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <utility>

namespace bellman::conventions {

namespace detail {

template <class Machine>
struct gae_of_transitions_fn {
  template <class Rewards, class Values, class NextValues, class Steps, class Parameters,
            class = typename internal::every<
                internal::a_column_of_values<Rewards>, internal::a_column_of_values<Values>,
                internal::a_column_of_values<NextValues>, internal::columns_of_one_type<Rewards, Values, NextValues>,
                internal::steps_or_an_ending<Steps>,
                internal::trace_parameters_of_columns<Parameters, Rewards, Values, NextValues>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Values const& values, NextValues const& next_values,
                            Steps const& steps, Parameters const& p) const {
    std::size_t const n = common_length(rewards, values, next_values);
    using V = internal::estimate_t<deduced, Steps, Rewards, Values, NextValues>;
    auto const whole = computed(n, [](std::size_t) { return V(1); });
    auto const lambda = at_arrival(p.lambda);
    auto returns =
        off_policy_returns(rewards, at_arrival(next_values), values, whole, steps, trace_parameters{p.gamma, lambda});
    auto advantages = less_values(returns, values);
    return advantages_and_returns<decltype(returns)>{std::move(advantages), std::move(returns)};
  }
};

}  // namespace detail

/// `gae_of_transitions(rewards, values, next_values, steps, trace_parameters{...})`: `gae` of transitions that record
/// the value of the next state beside that of the state: `A_t = delta_t + gamma_t lambda_t A_{t+1}` with
/// `delta_t = R_t + gamma_t V'_t - V_t`. Where `V'_t` is `V_{t+1}` it is `gae`; where it is not, the first is the value
/// of the state for the step before and the second for its own action, as in an off-policy return.
///
/// *Arguments*: random-access ranges, one element for each step; steps or an ending. A lambda that differs from step to
/// step is counted as these libraries do: it stands beside the reward before it.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Use*:
///     bellman::conventions::gae_of_transitions(std::array{1.0, 2.0}, std::array{0.5, 1.0}, std::array{1.0, 10.0},
///                                              bellman::truncated{10.0},
///                                              bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{2.5, 6.0}
inline constexpr detail::gae_of_transitions_fn<internal::this_machine> gae_of_transitions{};

}  // namespace bellman::conventions
