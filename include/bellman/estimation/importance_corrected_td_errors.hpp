// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/scalar_traits.hpp>

namespace bellman {

namespace detail {

struct importance_corrected_td_errors_estimator {
  using columns = bellman::columns<value_column<"values">, scalar_column<"ratios">>;
  template <class N>
  using parameters = trace_parameters<N>;

  template <class Step, class X, class F>
  [[gnu::always_inline]] static constexpr auto terms(Step const& step, X const& v, F const& rho) {
    return correction{v, product(step.lambda, rho), v};
  }
  // The importance ratio of the step's own action counts as well.
  template <class Step, class Terms, class X, class F>
  [[gnu::always_inline]] static constexpr auto emit(Step const&, Terms const&, X const& G, X const& v, F const& rho) {
    return X(affine<X, F>{scalar_traits<X>::zero(), rho}(X(difference(G, v))));
  }
};

}  // namespace detail

/// `importance_corrected_td_errors(rewards, values, ratios, steps, p)`: the sums of TD errors to come, each weighted by
/// the ratios `pi / mu` of the actions up to its own: `rho_t (G_t - V(S_t))`, where G are the off-policy returns with
/// `v = q = V(S_t)` and the traces `lambda rho_t`.
///
/// *Arguments*: for each reward the value of the state in which it was earned, and the importance ratio of the action
/// taken. Otherwise, and forms, as `gae`, with one output.
/// *Errors*: as `gae`; ratios are not checked (`importance_ratios` makes some that are).
/// *Cost*: O(n); nothing is allocated but the result.
/// *Laws*: with ratios 1, the advantages of `gae` (tests/laws).
/// *Source*: Sutton et al. 2014, "A new Q(lambda) with interim forward view".
/// *Use*:
///     bellman::importance_corrected_td_errors(std::array{1.0, 2.0}, std::array{3.0, 4.0}, std::array{1.0, 0.5},
///                                             bellman::terminated{}, {.gamma = 0.5, .lambda = 1}) ==
///         std::array{-0.5, -1.0}
inline constexpr estimator_fn<detail::importance_corrected_td_errors_estimator> importance_corrected_td_errors{};

/// `importance_corrected_td_errors_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr estimator_fn<detail::importance_corrected_td_errors_estimator, V, Order>
    importance_corrected_td_errors_in{};

}  // namespace bellman
