// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/magnitude.hpp>

namespace bellman::conventions::verl {

namespace detail {

struct absolute_k1_fn {
  template <class P, class Q, class = typename internal::two_log_probabilities<P, Q>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    return magnitude(k1(log_prob, reference_log_prob));
  }
};

struct clamped_k3_fn {
  template <class P, class Q, class = typename internal::log_probabilities_with_a_ratio<P, Q>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    auto const l = clamp(k1(log_prob, reference_log_prob), -20, 20);
    return clamp(k3(l, decltype(k1(log_prob, reference_log_prob))(0)), -10, 10);
  }
};

}  // namespace detail

// verl's `kl_penalty`. "kl", "k1" and "mse", "k2" are `bellman::k1` and `bellman::k2`; a "+" behind a name is meant to
// be `straight_through{that, k2}`.

/// `absolute_k1(log_prob, reference_log_prob)`: "abs": `|k1|`, which estimates no divergence.
///
/// *Use*:
///     bellman::conventions::verl::absolute_k1(-2.0, -1.0) == 1.0
inline constexpr detail::absolute_k1_fn absolute_k1{};

/// `clamped_k3(log_prob, reference_log_prob)`: "low_var_kl", "k3": `k3` of a log-ratio clamped to [-20, 20], itself
/// clamped to [-10, 10]; it has no gradient where a clamp holds.
///
/// *Use*:
///     bellman::conventions::verl::clamped_k3(-1.0, -1.0) == 0.0
inline constexpr detail::clamped_k3_fn clamped_k3{};

}  // namespace bellman::conventions::verl
