// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/scalar/clamp.hpp>

namespace bellman::conventions::openrlhf {

/// `clamped_kl{k}(log_prob, reference_log_prob)`: OpenRLHF's `compute_approx_kl`: `k1`, `k2` or `k3` clamped to
/// [-10, 10].
///
/// The library converts log-probabilities to float first: give it floats for its numbers.
///
/// *Arguments*: a `kl_estimator`. Of a token, its two log-probabilities.
/// *Use*:
///     bellman::conventions::openrlhf::clamped_kl{bellman::k1}(-1.0f, -30.0f) == 10.0f
template <class Estimator>
struct clamped_kl {
  Estimator estimator;

  template <class P, class Q,
            class = typename internal::every<internal::two_log_probabilities<P, Q>,
                                             internal::an_estimator_of_the_kl<Estimator, P, Q>>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    return clamp(estimator(log_prob, reference_log_prob), -10, 10);
  }
};

template <class Estimator>
clamped_kl(Estimator) -> clamped_kl<Estimator>;

}  // namespace bellman::conventions::openrlhf
