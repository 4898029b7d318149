// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/arithmetic.hpp>

namespace bellman::internal {

/// `v = q = V`, `c = lambda`: what the return mixes with the value of a state is the value itself.
struct terms_of_values {
  using columns = bellman::columns<value_column<"values">>;
  template <class N>
  using parameters = trace_parameters<N>;

  template <class Step, class X>
  [[gnu::always_inline]] static constexpr auto terms(Step const& step, X const& v) {
    return correction{v, step.lambda, v};
  }
};

/// `v` of the state, `q` of the action taken, `c = lambda` times the trace that is given.
struct terms_of_traces {
  template <class N>
  using parameters = trace_parameters<N>;

  template <class Step, class X, class F>
  [[gnu::always_inline]] static constexpr auto terms(Step const& step, X const& v, X const& q, F const& c) {
    return correction{v, product(step.lambda, c), q};
  }
};

}  // namespace bellman::internal
