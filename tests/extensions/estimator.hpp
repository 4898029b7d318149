// SPDX-License-Identifier: BSL-1.0
#pragma once

// [block]
#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/scalar/arithmetic.hpp>

namespace extensions {

// Q(sigma), which mixes importance sampling and tree backup: the traces are lambda (sigma rho + (1 - sigma) pi).
// De Asis et al. 2018, "Multi-step reinforcement learning: a unifying algorithm".
struct q_sigma_estimator {
  using columns = bellman::columns<bellman::value_column<"values">, bellman::value_column<"action values">,
                                   bellman::scalar_column<"ratios">, bellman::scalar_column<"probabilities">>;

  template <class Number>
  struct parameters {
    Number gamma;
    Number lambda;
    Number sigma;
  };

  template <class Step, class X, class F>
  static constexpr auto terms(Step const& step, X const& v, X const& q, F const& rho, F const& pi) {
    F const sigma = step.constant(step.parameters.sigma);
    F const believed = bellman::sum(pi, bellman::product(sigma, bellman::difference(rho, pi)));
    return bellman::correction{.value = v, .trace = bellman::product(step.lambda, believed), .action_value = q};
  }
};

inline constexpr bellman::estimator_fn<q_sigma_estimator> q_sigma_returns{};

}  // namespace extensions
// [block]
