// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refused.hpp>
#include <bellman/loss/internal/mean_of_tokens.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/surrogate.hpp>

namespace bellman {

namespace detail {

struct clip_fraction_fn {
  template <class Batch, class Ratio, class Surrogate>
  constexpr auto operator()(Batch&& batch, Ratio const& ratio, Surrogate const& surrogate) const {
    if constexpr (!internal::batch_of_sampled_tokens<Batch>) {
      static_assert(internal::refused<Batch>,
                    "bellman: clip_fraction needs a batch: a range of sampled_tokens, one for each sequence");
    } else if constexpr (!bellman::ratio<Ratio, internal::tokens_of_t<Batch>>) {
      static_assert(internal::refused<Ratio>,
                    "bellman: clip_fraction needs a ratio: a function of sampled_tokens that gives one of a token's "
                    "(log_prob, old_log_prob)");
    } else if constexpr (!clipping_surrogate<Surrogate, internal::ratio_of_t<Batch, Ratio>,
                                             internal::advantage_of_t<Batch>, internal::log_prob_of_t<Batch>>) {
      static_assert(internal::refused<Surrogate>,
                    "bellman: clip_fraction needs a surrogate that clips, with a member binds(ratio, advantage)");
    } else {
      auto const binds = [&](auto const& r, auto const& its_advantage, auto const&) {
        return surrogate.binds(r, its_advantage) ? 1.0 : 0.0;
      };
      return internal::mean_of_tokens(batch, ratio, binds, token_mean{});
    }
  }
};

}  // namespace detail

/// `clip_fraction(batch, ratio, surrogate)`: of all tokens the part to which the surrogate's clip makes a difference, a
/// `batch_mean<token_mean, double>`.
///
/// *Arguments*: a range of `sampled_tokens`, one for each sequence; a `ratio` and a `clipping_surrogate`.
/// *Errors*: those of `policy_loss`.
/// *Cost*: O(tokens), allocates nothing.
/// *Use*:
///     bellman::clip_fraction(
///         std::array{bellman::sampled_tokens{std::array{-1.0, 0.0}, std::array{-1.0, -1.0}, std::array{0.5, 0.5}}},
///         bellman::token_ratio{}, bellman::clipped{0.2}).value() == 0.5
inline constexpr detail::clip_fraction_fn clip_fraction{};

}  // namespace bellman
