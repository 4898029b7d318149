// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/scalar/arithmetic.hpp>

namespace bellman::conventions::trl {

namespace detail {

struct bias_corrected_k3_fn {
  template <class R, class P, class Q,
            class = typename internal::every<internal::two_numbers_with_a_difference<P, Q>,
                                             internal::a_difference_with_an_exponential<Q, P>,
                                             internal::a_weight_of_a_difference<R, P, Q>>::type::yes>
  constexpr auto operator()(R const& ratio, P const& log_prob, Q const& reference_log_prob) const {
    return product(ratio, k3(log_prob, reference_log_prob));
  }
};

}  // namespace detail

/// `bias_corrected_k3(ratio, log_prob, reference_log_prob) = ratio k3(log_prob, reference_log_prob)`: what TRL's
/// `use_bias_correction_kl` takes for the KL of a token that another policy has sampled: weighted by how much likelier
/// it is under the policy. The gradient goes through the ratio as well.
///
/// *Arguments*: the ratio of the token, or of its sequence at that level, before any clipping or `delta`; its
/// log-probability under the policy and under the reference. Floating point and dual numbers.
/// *Laws*: with the ratio of the token, the mean over tokens of the other policy is the KL, and its gradient that of
/// the KL, which `k3` alone has neither of (tests/conventions/trl/kl.cpp).
/// *Source*: TRL, `GRPOTrainer._compute_loss`; DeepSeek-AI 2025, "DeepSeek-V3.2".
/// *Use*:
///     bellman::conventions::trl::bias_corrected_k3(2.0, -1.0, -1.5) == 2.0 * bellman::k3(-1.0, -1.5)
inline constexpr detail::bias_corrected_k3_fn bias_corrected_k3{};

}  // namespace bellman::conventions::trl
