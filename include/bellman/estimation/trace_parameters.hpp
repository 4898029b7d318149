// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refused.hpp>

namespace bellman {

namespace refused {

struct lambda_is_missing_and_0_gives_targets_of_one_step_and_1_the_returns {};

}  // namespace refused

namespace detail {

template <class Lambda>
constexpr Lambda a_lambda_that_is_missing() {
  static_assert(internal::refused<Lambda>,
                "bellman: .lambda is missing; 0 gives the targets of TD(0), 1 the returns");
  return Lambda{};
}

}  // namespace detail

/// `trace_parameters{.gamma = g, .lambda = l}`: the discount and the decay of the trace. Both are said.
///
/// *Arguments*: each a number in [0, 1], or a range with one for each step.
/// *Errors*: a lambda that is left out does not compile; the numbers are checked where they are used.
/// *Use*:
///     bellman::trace_parameters{.gamma = 0.9, .lambda = 0.8}.lambda == 0.8
template <class Gamma, class Lambda = Gamma>
struct trace_parameters {
  Gamma gamma;
  Lambda lambda = detail::a_lambda_that_is_missing<Lambda>();
};

// clang 19 does not find it by itself inside a template.
template <class Gamma, class Lambda>
trace_parameters(Gamma, Lambda) -> trace_parameters<Gamma, Lambda>;

// Of one number in braces, which says no lambda.
template <class Gamma>
struct trace_parameters<Gamma, refused::lambda_is_missing_and_0_gives_targets_of_one_step_and_1_the_returns> {
  template <class... X>
  trace_parameters(X...) = delete;
};
template <class Gamma>
trace_parameters(Gamma)
    -> trace_parameters<Gamma, refused::lambda_is_missing_and_0_gives_targets_of_one_step_and_1_the_returns>;

}  // namespace bellman
