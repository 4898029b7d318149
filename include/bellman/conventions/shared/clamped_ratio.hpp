// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/exponential.hpp>

namespace bellman::conventions {

namespace detail {

struct clamped_log_ratio_fn {
  template <class P, class Q, class = typename internal::two_log_probabilities<P, Q>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& old_log_prob) const {
    return clamp(difference(log_prob, old_log_prob), -20, 20);
  }
};

struct clamped_ratio_of_a_token {
  template <class P, class Q, class = typename internal::log_probabilities_with_a_ratio<P, Q>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& old_log_prob) const {
    return exp(clamped_log_ratio_fn{}(log_prob, old_log_prob));
  }
};

}  // namespace detail

/// `clamped_log_ratio(log_prob, old_log_prob)`: their difference, clamped to [-20, 20].
///
/// *Use*:
///     bellman::conventions::clamped_log_ratio(-1.0, -30.0) == 20.0
inline constexpr detail::clamped_log_ratio_fn clamped_log_ratio{};

/// `clamped_ratio`: `bellman::token_ratio` of a `clamped_log_ratio`, as verl and OpenRLHF have it; beyond the clamp it
/// has no gradient.
///
/// *Use*:
///     bellman::conventions::clamped_ratio{}(
///         bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}})(-1.0, -1.0) == 1.0
struct clamped_ratio {
  template <class Tokens, class = typename internal::tokens_of_a_sequence<Tokens>::type::yes>
  constexpr auto operator()(Tokens const&) const {
    return detail::clamped_ratio_of_a_token{};
  }
};

}  // namespace bellman::conventions
