// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/capped_weight.hpp>
#include <bellman/conventions/shared/clamped_ratio.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/stop_gradient.hpp>

namespace bellman::conventions::verl {

/// `ratio_and_old{ratio, old_log_prob}`: what the losses "dppo_tv" and "dppo_kl" see of a token instead of its ratio
/// alone.
template <class R, class Q>
struct ratio_and_old {
  R ratio;
  Q old_log_prob;
};

template <class R, class Q>
ratio_and_old(R, Q) -> ratio_and_old<R, Q>;

}  // namespace bellman::conventions::verl

namespace bellman {

namespace refused {

struct this_is_no_ratio_and_old_log_probability {};

}  // namespace refused

namespace internal {

template <class T>
inline constexpr bool is_ratio_and_old = false;
template <class R, class Q>
inline constexpr bool is_ratio_and_old<conventions::verl::ratio_and_old<R, Q>> = true;

/// What is asked about a token to trust it: a ratio of a policy to an old one, with the old log-probability.
template <class Ratio, class A, class P>
struct numbers_of_a_trusted_token
    : every<a_number_with_an_order<A>, a_real_number<P>, a_real_number<decltype(Ratio::old_log_prob)>,
            numbers_of_one_type<decltype(Ratio::ratio), decltype(Ratio::old_log_prob), A, P>> {};
template <class Ratio, class A, class P>
using a_token_to_be_trusted = every<rule<is_ratio_and_old<Ratio>, refused::this_is_no_ratio_and_old_log_probability>,
                                    numbers_of_a_trusted_token<Ratio, A, P>>;

}  // namespace internal

}  // namespace bellman

namespace bellman::conventions::verl {

namespace detail {

struct clamped_ratio_and_old_fn {
  template <class P, class Q, class = typename internal::log_probabilities_with_a_ratio<P, Q>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& old_log_prob) const {
    return ratio_and_old{exp(clamped_log_ratio(log_prob, old_log_prob)), old_log_prob};
  }
};

// A log pi(a), weighted with a ratio of at most `cap`, of the tokens whose probability has not moved too far.
template <class Trusted, class R, class Q, class A, class P, class F>
constexpr auto weighted_if_trusted(Trusted const& trusted, ratio_and_old<R, Q> const& r, A const& advantage,
                                   P const& log_prob, F const& cap) {
  auto const objective = capped_weight<F>{cap}(r.ratio, advantage, log_prob);
  return trusted ? objective : product(objective, P(0));
}

}  // namespace detail

/// `clamped_ratio_and_old`: a ratio for `policy_loss`: the clamped one, with the old log-probability beside it.
///
/// *Use*:
///     bellman::conventions::verl::clamped_ratio_and_old{}(
///         bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}})(-1.0, -1.0).ratio == 1.0
struct clamped_ratio_and_old {
  template <class Tokens, class = typename internal::tokens_of_a_sequence<Tokens>::type::yes>
  constexpr auto operator()(Tokens const&) const {
    return detail::clamped_ratio_and_old_fn{};
  }
};

/// `within_total_variation{low, high, cap}`: "dppo_tv": `sg(min(r, cap)) A log pi(a)` of the tokens whose probability
/// has risen by at most `high` where `A > 0`, and fallen by at most `low` elsewhere; the others have no loss.
///
/// *Arguments*: a surrogate for the ratio `clamped_ratio_and_old`.
/// *Use*:
///     bellman::conventions::verl::within_total_variation<double>{0.1, 0.3, 20.0}(
///         bellman::conventions::verl::ratio_and_old{1.0, -2.0}, 0.5, -2.0) == -1.0
template <internal::number F>
struct within_total_variation {
  F low;
  F high;
  F cap;

  template <class Ratio, class A, class P, class = typename internal::a_token_to_be_trusted<Ratio, A, P>::type::yes>
  constexpr bool trusts(Ratio const& r, A const& advantage, P const& log_prob) const {
    auto const moved = difference(exp(stop_gradient(log_prob)), exp(r.old_log_prob));
    return A(0) < advantage ? moved <= high : -low <= moved;
  }
  template <class Ratio, class A, class P, class = typename internal::a_token_to_be_trusted<Ratio, A, P>::type::yes>
  constexpr auto operator()(Ratio const& r, A const& advantage, P const& log_prob) const {
    return detail::weighted_if_trusted(trusts(r, advantage, log_prob), r, advantage, log_prob, cap);
  }
};

/// `within_binary_kl{low, high, cap}`: "dppo_kl": the same of the tokens whose KL as an event that happens or not, `q
/// log(q / p) + (1 - q) log((1 - q + e) / (1 - p + e))` with the old probability `q` and `e = 1e-8`, is at most `high`
/// where `A > 0` and `low` elsewhere; and of those whose probability has moved against the advantage.
///
/// *Arguments*: a surrogate for the ratio `clamped_ratio_and_old`.
/// *Use*:
///     bellman::conventions::verl::within_binary_kl<double>{0.1, 0.1, 20.0}(
///         bellman::conventions::verl::ratio_and_old{1.0, -2.0}, 0.5, -2.0) == -1.0
template <internal::number F>
struct within_binary_kl {
  F low;
  F high;
  F cap;

  template <class Ratio, class A, class P, class = typename internal::a_token_to_be_trusted<Ratio, A, P>::type::yes>
  constexpr bool trusts(Ratio const& r, A const& advantage, P const& log_prob) const {
    using Q = decltype(r.old_log_prob);
    auto const p = exp(stop_gradient(log_prob));
    auto const q = exp(r.old_log_prob);
    if (A(0) < advantage ? p <= q : q <= p) return true;
    auto const rest = quotient(sum(difference(Q(1), q), Q(1e-8)), sum(difference(P(1), p), P(1e-8)));
    if (!(decltype(quotient(q, p))(0) < rest)) return false;  // of a number that is no probability
    auto const kl =
        sum(product(q, difference(r.old_log_prob, stop_gradient(log_prob))), product(difference(Q(1), q), log(rest)));
    return kl <= (A(0) < advantage ? high : low);
  }
  template <class Ratio, class A, class P, class = typename internal::a_token_to_be_trusted<Ratio, A, P>::type::yes>
  constexpr auto operator()(Ratio const& r, A const& advantage, P const& log_prob) const {
    return detail::weighted_if_trusted(trusts(r, advantage, log_prob), r, advantage, log_prob, cap);
  }
};

}  // namespace bellman::conventions::verl
