// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/at_arrival.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/flags_at_step.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/register_width.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace bellman::conventions {

namespace detail {

// An off-policy return: the value of a state is one thing for the step before, another for its own action.
struct transitions_estimator {
  using columns = bellman::columns<value_column<"values of next states">, value_column<"values">>;
  template <class N>
  using parameters = trace_parameters<N>;
  static constexpr std::size_t outputs = 2;

  template <class Step, class X>
  [[gnu::always_inline]] static constexpr auto terms(Step const& step, X const& arrived, X const& v) {
    return correction{arrived, step.lambda, v};
  }
  template <class Step, class Terms, class X>
  [[gnu::always_inline]] static constexpr auto emit(Step const&, Terms const&, X const& G, X const&, X const& v) {
    return std::array<X, 2>{difference(G, v), G};
  }
  template <class A, class G>
  static constexpr advantages_and_returns<A, G> results(A advantages, G returns) {
    return {std::move(advantages), std::move(returns)};
  }
};

template <class Machine>
struct gae_of_transitions_fn {
  using estimator_type = transitions_estimator;

  template <class Rewards, class Values, class NextValues, class Steps, class Parameters, class... Out,
            class = typename internal::every<
                internal::transitions<internal::of_one_t<Rewards>, internal::of_one_t<Values>,
                                      internal::of_one_t<NextValues>>,
                internal::trace_parameters_of_columns<Parameters, Rewards, Values, NextValues>,
                internal::estimated_by<gae_of_transitions_fn, internal::given<Rewards, NextValues, Values>, Steps,
                                       Parameters, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Values const& values, NextValues const& next_values,
                            Steps const& steps, Parameters const& p, Out... out) const {
    common_length(rewards, values, next_values);
    auto const lambda = at_arrival(p.lambda);
    return estimator_fn<transitions_estimator>{}(rewards, at_arrival(next_values), values, steps,
                                                 trace_parameters{p.gamma, lambda}, out...);
  }
};

}  // namespace detail

/// `gae_of_transitions(rewards, values, next_values, steps, trace_parameters{...})`: `gae` of transitions that record
/// the value of the next state beside that of the state: `A_t = delta_t + gamma_t lambda_t A_{t+1}` with
/// `delta_t = R_t + gamma_t V'_t - V_t`. Where `V'_t` is `V_{t+1}` it is `gae`; where it is not, the first is the value
/// of the state for the step before and the second for its own action, as in an off-policy return.
///
/// *Arguments*: random-access ranges, one element for each step, or arrays of several sequences in one layout; steps or
/// an ending. A lambda that differs from step to step is counted as these libraries do: it stands beside the reward
/// before it. Outputs as those of `gae`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Use*:
///     bellman::conventions::gae_of_transitions(std::array{1.0, 2.0}, std::array{0.5, 1.0}, std::array{1.0, 10.0},
///                                              bellman::truncated{10.0},
///                                              bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{2.5, 6.0}
inline constexpr detail::gae_of_transitions_fn<internal::this_machine> gae_of_transitions{};

}  // namespace bellman::conventions

namespace bellman::internal {

/// What `gae_of_transitions` asks of transitions whose flags stand at the step.
template <class Rewards, class Values, class NextValues, class Done, class Terminated, class Parameters, class... Out>
struct gae_of_flagged_transitions
    : estimated_by<decltype(conventions::gae_of_transitions), given<Rewards, NextValues, Values>,
                   decltype(conventions::flags_at_step(std::declval<Done const&>(), std::declval<Terminated const&>(),
                                                       std::declval<NextValues const&>())),
                   Parameters, Out...> {};

}  // namespace bellman::internal
