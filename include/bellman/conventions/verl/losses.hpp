// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/shared/clamped_ratio.hpp>
#include <bellman/conventions/shared/every_row.hpp>
#include <bellman/conventions/shared/mean_with_epsilon.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/surrogate.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/exponential.hpp>

namespace bellman::conventions::verl {

// verl's ways to aggregate: "token-mean" and "seq-mean-token-sum" are `bellman::token_mean` and
// `bellman::sequence_sum`, and "seq-mean-token-sum-norm" is `bellman::fixed_length`, by default that of the padded
// rows. Rows whose flags are all 0 do not count. The loss is the `share_of_batch`; what verl reports besides is a
// `mean_with_epsilon`.

/// "seq-mean-token-mean".
using sequence_mean = sequence_mean_with_epsilon;

/// `bellman::sequence_ratio_by_token`, at most `exp(10)`, and without a gradient there.
struct capped_sequence_ratio_by_token {
  template <class Tokens>
  constexpr auto operator()(Tokens const& tokens) const {
    return [ratio_of = sequence_ratio_by_token{}(tokens)](auto const& log_prob, auto const& old_log_prob) {
      return clamp(ratio_of(log_prob, old_log_prob), 0, exp(10.0));
    };
  }
};

/// `bellman::geometric_mean_ratio` with `n + 1e-8` tokens.
template <class F>
struct geometric_mean_ratio {
  bellman::geometric_mean_ratio<F> general;

  constexpr geometric_mean_ratio(F low, F high) : general(low, high) {}

  template <class Tokens>
  constexpr auto operator()(Tokens const& tokens) const {
    return common_ratio{exp(mean_with_epsilon(general.log_ratios(tokens)))};
  }
};

// verl's policy losses, by the names it registers them under, of a batch of `sampled_tokens` (`kept_batch`).

namespace detail {

struct vanilla_fn {
  template <class Batch, class F, class Scope>
  constexpr auto operator()(Batch&& batch, dual_clipped<F> const& surrogate, Scope const& scope) const {
    return policy_loss(batch, clamped_ratio{}, surrogate, scope);
  }
};

struct gspo_fn {
  template <class Batch, class F>
  constexpr auto operator()(Batch&& batch, clipped<F> const& surrogate) const {
    return policy_loss(batch, capped_sequence_ratio_by_token{}, surrogate, sequence_mean{});
  }
};

struct sapo_fn {
  template <class Batch, class F>
  constexpr auto operator()(Batch&& batch, soft_clipped<F> const& surrogate) const {
    return policy_loss(batch, clamped_ratio{}, surrogate, sequence_mean{});
  }
};

struct geo_mean_fn {
  template <class Batch, class F>
  constexpr auto operator()(Batch&& batch, geometric_mean_ratio<F> const& ratio) const {
    return policy_loss(batch, ratio, unclipped{}, every_row{sequence_mean{}});
  }
};

struct cispo_fn {
  template <class Batch, class F, class Scope>
  constexpr auto operator()(Batch&& batch, clipped_weight<F> const& surrogate, Scope const& scope) const {
    return policy_loss(batch, clamped_ratio{}, surrogate, scope);
  }
};

struct gpg_fn {
  template <class Batch, class Scope>
  constexpr auto operator()(Batch&& batch, Scope const& scope) const {
    return policy_loss(batch, token_ratio{}, log_likelihood{}, scope);
  }
};

}  // namespace detail

/// `vanilla(batch, dual_clipped{clipped{low, high}, c}, scope)`: "vanilla", which always clips twice (`c` is 3 by
/// default).
inline constexpr detail::vanilla_fn vanilla{};

/// `gspo(batch, clipped{low, high})`: "gspo", whose scope is always "seq-mean-token-mean".
inline constexpr detail::gspo_fn gspo{};

/// `sapo(batch, soft_clipped{tau_pos, tau_neg})`: "sapo", whose scope is always "seq-mean-token-mean".
inline constexpr detail::sapo_fn sapo{};

/// `geo_mean(batch, geometric_mean_ratio{low, high})`: "geo_mean", the mean over every row.
inline constexpr detail::geo_mean_fn geo_mean{};

/// `cispo(batch, clipped_weight{low, high}, scope)`: "cispo".
inline constexpr detail::cispo_fn cispo{};

/// `gpg(batch, scope)`: "gpg".
inline constexpr detail::gpg_fn gpg{};

}  // namespace bellman::conventions::verl
