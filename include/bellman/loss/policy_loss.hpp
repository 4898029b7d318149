// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refused.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/surrogate.hpp>

#include <concepts>
#include <ranges>

namespace bellman {

namespace detail {

template <class Surrogate, class R, class A, class P>
constexpr auto objective_of(Surrogate const& surrogate, R const& ratio, A const& gain, P const& log_prob) {
  if constexpr (std::invocable<Surrogate const&, R const&, A const&>) {
    return surrogate(ratio, gain);
  } else {
    return surrogate(ratio, gain, log_prob);
  }
}

template <class Batch>
concept batch_of_sampled_tokens = std::ranges::input_range<Batch> && requires(std::ranges::range_reference_t<Batch> t) {
  t.log_probs;
  t.old_log_probs;
  t.advantages;
};

template <class Surrogate, class Tokens, class Ratio>
concept clips = requires(Surrogate const& surrogate, Tokens t, Ratio const& ratio) {
  surrogate.binds(ratio(t)(*std::ranges::begin(t.log_probs), *std::ranges::begin(t.old_log_probs)),
                  *std::ranges::begin(t.advantages));
};

struct policy_loss_fn {
  template <class Batch, class Ratio, class Surrogate, class Scope>
  constexpr auto operator()(Batch&& batch, Ratio const& ratio, Surrogate const& surrogate, Scope const& scope) const {
    if constexpr (!batch_of_sampled_tokens<Batch>) {
      static_assert(internal::refused<Batch>,
                    "bellman: policy_loss needs a batch: a range of sampled_tokens, one for each sequence");
    } else {
      decltype(part(*std::ranges::begin(batch), ratio, surrogate, scope)) all{};
      for (auto&& tokens : batch) all += part(tokens, ratio, surrogate, scope);
      return all;
    }
  }

 private:
  template <class Tokens, class Ratio, class Surrogate, class Scope>
  static constexpr auto part(Tokens const& tokens, Ratio const& ratio, Surrogate const& surrogate, Scope const& scope) {
    auto const ratio_of = ratio(tokens);
    auto const loss = [&](auto const& log_prob, auto const& old_log_prob, auto const& gain) {
      return -objective_of(surrogate, ratio_of(log_prob, old_log_prob), gain, log_prob);
    };
    return scope(token_sum(loss, tokens.log_probs, tokens.old_log_probs, tokens.advantages));
  }
};

struct clip_fraction_fn {
  template <class Batch, class Ratio, class Surrogate>
  constexpr auto operator()(Batch&& batch, Ratio const& ratio, Surrogate const& surrogate) const {
    if constexpr (!batch_of_sampled_tokens<Batch>) {
      static_assert(internal::refused<Batch>,
                    "bellman: clip_fraction needs a batch: a range of sampled_tokens, one for each sequence");
    } else if constexpr (!clips<Surrogate, std::ranges::range_reference_t<Batch>, Ratio>) {
      static_assert(internal::refused<Surrogate>,
                    "bellman: clip_fraction needs a surrogate that clips, with a member binds(ratio, advantage)");
    } else {
      batch_mean<token_mean, double> all{};
      for (auto&& tokens : batch) {
        auto const ratio_of = ratio(tokens);
        auto const binds = [&](auto const& log_prob, auto const& old_log_prob, auto const& gain) {
          return surrogate.binds(ratio_of(log_prob, old_log_prob), gain) ? 1.0 : 0.0;
        };
        all += token_sum(binds, tokens.log_probs, tokens.old_log_probs, tokens.advantages);
      }
      return all;
    }
  }
};

}  // namespace detail

/// `policy_loss(batch, ratio, surrogate, scope)`: the mean of `-surrogate(ratio(token), A)`, as a `batch_mean` of that
/// scope, whose `value()` is the loss. The batch is a range of `sampled_tokens`, one for each sequence.
///
/// | method | ratio | surrogate | scope |
/// |---|---|---|---|
/// | PPO | `token_ratio` | `clipped{e}` | `token_mean` |
/// | GRPO | `token_ratio` | `clipped{e}` | `sequence_mean` |
/// | DAPO | `token_ratio` | `clipped{e, h}` | `token_mean` |
/// | Dr. GRPO | `token_ratio` | `clipped{e}` | `fixed_length` |
/// | dual-clip PPO | `token_ratio` | `dual_clipped` | `token_mean` |
/// | GSPO, GSPO-token | `sequence_ratio`, `sequence_ratio_by_token` | `clipped{e, h}` | `sequence_mean` |
/// | GMPO | `geometric_mean_ratio` | `unclipped` | `sequence_mean` |
/// | SAPO | `token_ratio` | `soft_clipped` | `sequence_mean` |
/// | CISPO | `token_ratio` | `clipped_weight` | `token_mean` |
/// | REINFORCE, GPG | any | `log_likelihood` | any |
///
/// A penalty for leaving a reference policy is a mean of the same scope beside it, `loss.value() + beta kl.value()`.
/// Log-probabilities that are dual numbers give the gradient. Throws `invalid_value` for rows of a sequence that differ
/// in length and for an old log-probability that is not finite; any other NaN makes the loss a NaN, and an advantage of
/// 0 hides whatever its ratio is. O(tokens), allocates nothing. Law: splitting the batch and adding the parts changes
/// nothing.
inline constexpr detail::policy_loss_fn policy_loss{};

/// `clip_fraction(batch, ratio, surrogate)`: of all tokens the part to which the surrogate's clip makes a difference.
inline constexpr detail::clip_fraction_fn clip_fraction{};

}  // namespace bellman
