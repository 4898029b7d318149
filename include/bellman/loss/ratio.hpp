// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/log_ratio.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/sampled_tokens.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <ranges>
#include <span>

namespace bellman {

namespace detail {

using row_of_doubles = std::span<double const>;
using tokens_of_doubles = sampled_tokens<row_of_doubles, row_of_doubles, row_of_doubles>;

struct ratio_of_a_token {
  template <class P, class Q,
            class = typename internal::every<internal::two_numbers_with_a_difference<P, Q>,
                                             internal::a_difference_with_an_exponential<P, Q>>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& old_log_prob) const {
    return exp(internal::log_ratio(log_prob, old_log_prob));
  }
};

}  // namespace detail

/// What a token's part of the objective is weighted by: how much likelier the policy that is learnt makes the token
/// than the one that it was sampled from.
///
/// Minimal definition: `r(tokens)`, for the `sampled_tokens` of a sequence: a function of a token's
/// `(log_prob, old_log_prob)`, whose result is what a surrogate takes first.
///
/// Axioms:
///  1. the function depends on the tokens of that sequence alone, so that a batch may be split;
///  2. where the policy is the one that was sampled from, it gives 1.
///
/// Models: `token_ratio`, `sequence_ratio`, `sequence_ratio_by_token`, `geometric_mean_ratio`,
/// `conventions::clamped_ratio`, `conventions::verl::capped_sequence_ratio_by_token`; `common_ratio` is what a ratio
/// may give.
///
/// In two steps, so that what a sequence has in common is computed once. A function of the sequence and a place would
/// compute it for each token, and a range of ratios would have to be stored.
template <class R, class Tokens = detail::tokens_of_doubles>
concept ratio = requires(R const& r, Tokens const& tokens) {
  r(tokens)(*std::ranges::begin(tokens.log_probs), *std::ranges::begin(tokens.old_log_probs));
};

/// `common_ratio{r}`: what a ratio that a sequence has in common gives: the same for each of its tokens.
///
/// *Use*:
///     bellman::common_ratio{1.5}(-1.0, -2.0) == 1.5
template <class V>
struct common_ratio {
  V ratio;

  template <class P, class Q, class = typename internal::every<internal::a_number<P>, internal::a_number<Q>>::type::yes>
  constexpr V operator()(P const&, Q const&) const {
    return ratio;
  }
};

template <class V>
common_ratio(V) -> common_ratio<V>;

/// `token_ratio`: `r_t = pi(a_t) / pi_old(a_t)`.
///
/// *Errors*: an old log-probability that is not finite throws `invalid_value`.
/// *Source*: PPO, Schulman et al. 2017, eq. 6.
/// *Use*:
///     bellman::token_ratio{}(
///         bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}})(-1.0, -1.0) == 1.0
struct token_ratio {
  template <class Tokens, class = typename internal::tokens_of_a_sequence<Tokens>::type::yes>
  constexpr auto operator()(Tokens const&) const {
    return detail::ratio_of_a_token{};
  }
};

template <>
inline constexpr bool internal::is_made_of_log_ratios<token_ratio> = true;

}  // namespace bellman
