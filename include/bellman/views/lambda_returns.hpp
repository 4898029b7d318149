// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/backward_pass.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/views/closure.hpp>
#include <bellman/views/estimates.hpp>

#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::views {

namespace detail {

template <auto const& Function, template <class> class Result>
struct with_values_fn {
  template <std::ranges::viewable_range Rewards, std::ranges::viewable_range Values, class Steps,
            class Parameters = trace_parameters<double>>
  constexpr auto operator()(Rewards&& rewards, Values&& values, Steps&& steps, Parameters const& p) const {
    using function = std::remove_cvref_t<decltype(Function)>;
    using V = widened_t<deduced, estimate_t<deduced, held_t<Steps>, Rewards, Values>, decltype(p.gamma),
                        decltype(p.lambda)>;
    return estimates_view<V, default_order<V>, Result, function, held_t<Rewards>, held_t<Steps>, Parameters,
                          held_t<Values>>(held(std::forward<Rewards>(rewards)),
                                          held_steps(std::forward<Steps>(steps)), p,
                                          held(std::forward<Values>(values)));
  }
  template <std::ranges::viewable_range Values, class Steps, class Parameters = trace_parameters<double>>
  constexpr auto operator()(Values&& values, Steps&& steps, Parameters const& p) const {
    return closure_of<with_values_fn>(std::forward<Values>(values), held_steps(std::forward<Steps>(steps)), p);
  }
};

}  // namespace detail

/// `rewards | views::lambda_returns(values, steps, {.gamma = g, .lambda = l})`: the lambda-returns of a recording as a
/// lazy view; or called with the rewards first. Parameters that are no `double` are given by their type:
/// `trace_parameters{.gamma = rational(1, 2), .lambda = rational(1)}`.
///
/// What it costs to read: `estimates_view`. Arguments and errors as `bellman::lambda_returns`, which it equals.
inline constexpr detail::with_values_fn<bellman::lambda_returns, one_result> lambda_returns{};

/// `rewards | views::gae(values, steps, {.gamma = g, .lambda = l})`: the same of generalised advantage estimates; each
/// element is `advantages_and_returns{a, r}` of one step.
inline constexpr detail::with_values_fn<bellman::gae, advantages_and_returns> gae{};

}  // namespace bellman::views
