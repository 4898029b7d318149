// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/internal/log_ratio.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/stop_gradient.hpp>

#include <type_traits>

namespace bellman {

namespace detail {

template <class V>
struct ratio_with_the_gradient_of_its_token {
  V ratio;

  template <class P, class Q, class = typename internal::every<internal::a_number<P>, internal::a_number<Q>>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const&) const {
    using R = std::remove_cvref_t<decltype(product(ratio, exp(difference(log_prob, stop_gradient(log_prob)))))>;
    // Of a token that cannot be any more the ratio is 0 by itself.
    if (!is_finite(log_prob)) return R(ratio);
    return R(product(ratio, exp(difference(log_prob, stop_gradient(log_prob)))));
  }
};

template <class V>
ratio_with_the_gradient_of_its_token(V) -> ratio_with_the_gradient_of_its_token<V>;

}  // namespace detail

/// `sequence_ratio`: `s = (prod_t r_t)^(1/n)`, the geometric mean of the ratios of a sequence, for each of its tokens.
///
/// *Errors*: an old log-probability that is not finite, and rows of different lengths, throw `invalid_value`.
/// *Cost*: O(n) a sequence; its rows are read once more than for a `token_ratio`.
/// *Source*: GSPO, Zheng et al. 2025, eq. 7.
/// *Use*:
///     bellman::sequence_ratio{}(
///         bellman::sampled_tokens{std::array{-2.0, -1.0}, std::array{-1.0, -2.0}, std::array{0.5, 0.5}})(
///         -2.0, -1.0) == 1.0
struct sequence_ratio {
  /// `log r_t`.
  template <class P, class Q,
            class = typename internal::every<internal::two_numbers_with_a_difference<P, Q>,
                                             internal::a_difference_with_an_exponential<P, Q>>::type::yes>
  constexpr auto term(P const& log_prob, Q const& old_log_prob) const {
    return internal::log_ratio(log_prob, old_log_prob);
  }
  template <class V>
  constexpr V of_sum(batch_mean<token_mean, V> const& log_ratios) const {
    return exp(internal::mean_or_zero(log_ratios));
  }
  template <class Tokens, class = typename internal::tokens_of_a_sequence<Tokens>::type::yes>
  constexpr auto operator()(Tokens const& tokens) const {
    return common_ratio{of_sum(token_sum(internal::log_ratio, tokens.log_probs, tokens.old_log_probs))};
  }
};

/// `sequence_ratio_by_token`: the value of `sequence_ratio` with the gradient of the token's own log-probability,
/// `sg(s) pi(a_t) / sg(pi(a_t))`, `sg` for `stop_gradient`.
///
/// *Errors*: those of `sequence_ratio`.
/// *Cost*: that of `sequence_ratio`, and an exponential a token.
/// *Laws*: where the tokens of a sequence have one advantage, its gradient is that of `sequence_ratio`
/// (tests/loss/sequence_ratio.cpp).
/// *Source*: GSPO-token, Zheng et al. 2025, eq. 14.
/// *Use*:
///     bellman::sequence_ratio_by_token{}(
///         bellman::sampled_tokens{std::array{-2.0, -1.0}, std::array{-1.0, -2.0}, std::array{0.5, 0.5}})(
///         -2.0, -1.0) == 1.0
struct sequence_ratio_by_token {
  template <class Tokens, class = typename internal::tokens_of_a_sequence<Tokens>::type::yes>
  constexpr auto operator()(Tokens const& tokens) const {
    return detail::ratio_with_the_gradient_of_its_token{stop_gradient(sequence_ratio{}(tokens).ratio)};
  }
};

template <>
inline constexpr bool is_ratio_of_one_token_v<sequence_ratio_by_token> = true;
template <>
inline constexpr bool internal::is_made_of_log_ratios<sequence_ratio> = true;
template <>
inline constexpr bool internal::is_made_of_log_ratios<sequence_ratio_by_token> = true;

}  // namespace bellman
