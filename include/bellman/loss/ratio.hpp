// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/in_lanes.hpp>
#include <bellman/loss/internal/log_ratio.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/internal/terms_of.hpp>
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
///
/// Derivatives with respect to every log-probability are written of a `shared_ratio`, and of one whose function depends
/// on the log-probabilities through its arguments alone: one without members, or of which `is_ratio_of_one_token_v`
/// says so.
template <class R, class Tokens = detail::tokens_of_doubles>
concept ratio = requires(R const& r, Tokens const& tokens) {
  r(tokens)(*std::ranges::begin(tokens.log_probs), *std::ranges::begin(tokens.old_log_probs));
};

/// A ratio that the tokens of a sequence share, and that is made of a sum over them.
///
/// Minimal definition: `ratio<R, Tokens>`; `r.term(log_prob, old_log_prob)` or, where it enters, `r.term(log_prob,
/// old_log_prob, advantage)`: a number; `r.of_sum(terms)`, of their `token_sum`: the ratio.
///
/// Axiom: `r(tokens)(p, q) == r.of_sum(terms)` for each token of the sequence.
///
/// Models: `sequence_ratio`, `geometric_mean_ratio`, `conventions::verl::geometric_mean_ratio`.
///
/// By the two parts its derivative with respect to every log-probability is known in O(n): that of the sum, times that
/// of the token's term.
template <class R, class Tokens = detail::tokens_of_doubles>
concept shared_ratio = ratio<R, Tokens> && requires(R const& r, Tokens const& tokens) {
  r.of_sum(internal::terms_of(r, tokens));
};

/// `is_ratio_of_one_token_v<R>`: whether the function that a ratio R gives for a sequence depends on its
/// log-probabilities through the token's own alone, so that all else in it is a constant. Of one that has no members it
/// need not be said.
///
/// *Use*:
///     bellman::is_ratio_of_one_token_v<bellman::token_ratio>
template <class R>
inline constexpr bool is_ratio_of_one_token_v = false;

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
inline constexpr bool is_ratio_of_one_token_v<token_ratio> = true;
template <>
inline constexpr bool internal::is_made_of_log_ratios<token_ratio> = true;
template <>
inline constexpr bool internal::is_exponential_of_log_ratio<token_ratio> = true;

}  // namespace bellman
