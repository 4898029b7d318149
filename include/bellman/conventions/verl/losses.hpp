// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/clamped_ratio.hpp>
#include <bellman/conventions/shared/every_row.hpp>
#include <bellman/conventions/shared/mean_with_epsilon.hpp>
#include <bellman/conventions/shared/share_of_batch.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/clipped_weight.hpp>
#include <bellman/loss/dual_clipped.hpp>
#include <bellman/loss/geometric_mean_ratio.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/sequence_ratio.hpp>
#include <bellman/loss/soft_clipped.hpp>
#include <bellman/loss/surrogate.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/exponential.hpp>

namespace bellman::conventions::verl {

// verl's ways to aggregate:
//
// | loss_agg_mode | scope | loss |
// |---|---|---|
// | token-mean | `bellman::token_mean` | `share_of_batch` |
// | seq-mean-token-sum | `bellman::sequence_sum` | `share_of_batch` |
// | seq-mean-token-mean | `sequence_mean` | `share_of_batch` |
// | seq-mean-token-sum-norm | `bellman::sequence_sum` | `seq_mean_token_sum_norm` |
//
// Rows whose flags are all 0 do not count. What verl reports besides is a `mean_with_epsilon`.

namespace detail {

struct seq_mean_token_sum_norm_fn {
  template <class Part, class Length,
            class = typename internal::every<internal::a_part_of_a_batch<Part>,
                                             internal::a_count_and_devices<Part, Length, int>>::type::yes>
  constexpr auto operator()(Part const& part, Length const& length) const {
    return share_of_batch(part, length, 1);
  }
};

}  // namespace detail

/// `seq_mean_token_sum_norm(part, length) = part.total / length`: "seq-mean-token-sum-norm", which is no mean: the sum
/// over all sequences, divided by one length. With twice as many sequences it is twice as large; the mean over
/// sequences, in which each sum is divided by the length, is that of the scope `bellman::fixed_length`.
///
/// *Arguments*: a `batch_mean` in the scope `sequence_sum` or `token_mean`, whose totals are the same; verl's
/// `loss_scale_factor`, or the width of the padded rows where that is not given.
/// *Errors*: none, as in `share_of_batch`: a length of 0 gives what the number type makes of it.
/// *Source*: verl, `agg_loss`, which later divides by the number of sequences too.
/// *Use*:
///     bellman::conventions::verl::seq_mean_token_sum_norm(
///         bellman::mean_over(std::vector{std::vector{1.0, 3.0}, std::vector{4.0}}, bellman::sequence_sum{}), 2) == 4.0
inline constexpr detail::seq_mean_token_sum_norm_fn seq_mean_token_sum_norm{};

/// `sequence_mean`: "seq-mean-token-mean".
///
/// *Use*:
///     bellman::mean_over(
///         std::vector{std::vector{4.0}, std::vector<double>{}},
///         bellman::conventions::verl::sequence_mean{}).count == 1
using sequence_mean = sequence_mean_with_epsilon;

/// `capped_sequence_ratio_by_token`: `bellman::sequence_ratio_by_token`, at most `exp(10)`, and without a gradient
/// there.
///
/// *Errors*: those of `bellman::sequence_ratio`.
/// *Use*:
///     bellman::conventions::verl::capped_sequence_ratio_by_token{}(
///         bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}})(-1.0, -1.0) == 1.0
struct capped_sequence_ratio_by_token {
  template <class Tokens, class = typename internal::every<internal::tokens_of_a_sequence<Tokens>,
                                                           internal::log_probabilities_of_tokens<Tokens>>::type::yes>
  constexpr auto operator()(Tokens const& tokens) const {
    return [ratio_of = sequence_ratio_by_token{}(tokens)](auto const& log_prob, auto const& old_log_prob) {
      return clamp(ratio_of(log_prob, old_log_prob), 0, exp(10.0));
    };
  }
};

}  // namespace bellman::conventions::verl

template <>
inline constexpr bool bellman::is_ratio_of_one_token_v<bellman::conventions::verl::capped_sequence_ratio_by_token> =
    true;

namespace bellman::conventions::verl {

/// `geometric_mean_ratio{low, high}`: `bellman::geometric_mean_ratio` with `n + 1e-8` tokens.
///
/// *Errors*: those of `bellman::geometric_mean_ratio`.
/// *Use*:
///     bellman::conventions::verl::geometric_mean_ratio{0.4, 0.4}(
///         bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}})(-1.0, -1.0) == 1.0
template <internal::number F>
struct geometric_mean_ratio {
  bellman::geometric_mean_ratio<F> general;

  constexpr geometric_mean_ratio(F low, F high) : general(low, high) {}

  template <class P, class Q, class A, class = typename internal::log_probabilities_with_a_ratio<P, Q>::type::yes>
  constexpr auto term(P const& log_prob, Q const& old_log_prob, A const& advantage) const {
    return general.term(log_prob, old_log_prob, advantage);
  }
  template <class V>
  constexpr auto of_sum(batch_mean<token_mean, V> const& terms) const {
    return exp(mean_with_epsilon(terms));
  }
  template <class Tokens, class = typename internal::every<internal::tokens_of_a_sequence<Tokens>,
                                                           internal::log_probabilities_of_tokens<Tokens>>::type::yes>
  constexpr auto operator()(Tokens const& tokens) const {
    return common_ratio{of_sum(general.log_ratios(tokens))};
  }
};

// verl's policy losses, by the names it registers them under, of a batch of `sampled_tokens` (`kept_batch`). Each is a
// `policy_loss`, and its errors are those.

namespace detail {

// A name fixes the ratio and the kind of surrogate; the scope is given, or that of whole sequences.
template <class Ratio, template <class...> class Surrogate>
struct loss_in_a_scope_fn {
  template <class Batch, class S, class Scope,
            class = typename internal::every<internal::a_batch<Batch>, internal::log_probabilities_of_a_batch<Batch>,
                                             internal::a_surrogate_of_the_kind<S, Surrogate>,
                                             internal::a_scope_of_a_batch<Scope, Batch>>::type::yes>
  constexpr auto operator()(Batch&& batch, S const& surrogate, Scope const& scope) const {
    return policy_loss(batch, Ratio{}, surrogate, scope);
  }
};

template <class Ratio, template <class...> class Surrogate>
struct loss_of_sequences_fn {
  template <class Batch, class S,
            class = typename internal::every<internal::a_batch<Batch>, internal::log_probabilities_of_a_batch<Batch>,
                                             internal::a_surrogate_of_the_kind<S, Surrogate>>::type::yes>
  constexpr auto operator()(Batch&& batch, S const& surrogate) const {
    return policy_loss(batch, Ratio{}, surrogate, sequence_mean{});
  }
};

struct geo_mean_fn {
  template <class Batch, class Ratio,
            class = typename internal::every<internal::a_batch<Batch>, internal::log_probabilities_of_a_batch<Batch>,
                                             internal::a_ratio_of_the_kind<Ratio, geometric_mean_ratio>>::type::yes>
  constexpr auto operator()(Batch&& batch, Ratio const& ratio) const {
    return policy_loss(batch, ratio, unclipped{}, every_row{sequence_mean{}});
  }
};

struct gpg_fn {
  template <class Batch, class Scope,
            class = typename internal::every<internal::a_batch<Batch>, internal::log_probabilities_of_a_batch<Batch>,
                                             internal::a_scope_of_a_batch<Scope, Batch>>::type::yes>
  constexpr auto operator()(Batch&& batch, Scope const& scope) const {
    return policy_loss(batch, token_ratio{}, log_likelihood{}, scope);
  }
};

}  // namespace detail

/// `vanilla(batch, dual_clipped{clipped{low, high}, c}, scope)`: "vanilla", which always clips twice (`c` is 3 by
/// default).
///
/// *Use*:
///     bellman::conventions::verl::vanilla(
///         std::array{bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}}},
///         bellman::dual_clipped{bellman::clipped{0.2}, 3.0}, bellman::token_mean{}).value() == -0.5
inline constexpr detail::loss_in_a_scope_fn<clamped_ratio, dual_clipped> vanilla{};

/// `gspo(batch, clipped{low, high})`: "gspo", whose scope is always "seq-mean-token-mean".
///
/// *Use*:
///     bellman::conventions::verl::gspo(
///         std::array{bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}}},
///         bellman::clipped{0.2}).value() < -0.499
inline constexpr detail::loss_of_sequences_fn<capped_sequence_ratio_by_token, clipped> gspo{};

/// `sapo(batch, soft_clipped{tau_pos, tau_neg})`: "sapo", whose scope is always "seq-mean-token-mean".
///
/// *Use*:
///     bellman::conventions::verl::sapo(
///         std::array{bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}}},
///         bellman::soft_clipped{1.0, 1.05}).value() < -0.999
inline constexpr detail::loss_of_sequences_fn<clamped_ratio, soft_clipped> sapo{};

/// `geo_mean(batch, geometric_mean_ratio{low, high})`: "geo_mean", the mean over every row.
///
/// *Use*:
///     bellman::conventions::verl::geo_mean(
///         std::array{bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}}},
///         bellman::conventions::verl::geometric_mean_ratio{0.4, 0.4}).value() < -0.499
inline constexpr detail::geo_mean_fn geo_mean{};

/// `cispo(batch, clipped_weight{low, high}, scope)`: "cispo".
///
/// *Use*:
///     bellman::conventions::verl::cispo(
///         std::array{bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}}},
///         bellman::clipped_weight{0.2, 0.2}, bellman::token_mean{}).value() == 0.5
inline constexpr detail::loss_in_a_scope_fn<clamped_ratio, clipped_weight> cispo{};

/// `gpg(batch, scope)`: "gpg".
///
/// *Use*:
///     bellman::conventions::verl::gpg(
///         std::array{bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}}},
///         bellman::token_mean{}).value() == 0.5
inline constexpr detail::gpg_fn gpg{};

}  // namespace bellman::conventions::verl
