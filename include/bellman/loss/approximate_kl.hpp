// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/internal/mean_of_tokens.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/token_sum.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman {

namespace refused {

struct an_approximate_kl_takes_a_batch_and_at_most_one_estimate {};
struct this_estimate_of_the_divergence_takes_other_numbers {};

}  // namespace refused

namespace detail {

template <class Batch>
using old_log_prob_in_t =
    std::ranges::range_reference_t<decltype((std::declval<internal::tokens_of_t<Batch> const&>().old_log_probs))>;
template <class Batch>
using log_prob_in_t =
    std::ranges::range_reference_t<decltype((std::declval<internal::tokens_of_t<Batch> const&>().log_probs))>;

template <class Batch, class... Estimate>
struct at_most_one_estimate {
  using type = refused::an_approximate_kl_takes_a_batch_and_at_most_one_estimate;
};
template <class Batch>
struct at_most_one_estimate<Batch>
    : internal::rule<std::invocable<k3_fn const&, old_log_prob_in_t<Batch>, log_prob_in_t<Batch>>,
                     refused::this_estimate_of_the_divergence_takes_other_numbers> {};
template <class Batch, class Estimate>
struct at_most_one_estimate<Batch, Estimate>
    : internal::rule<std::invocable<Estimate const&, old_log_prob_in_t<Batch>, log_prob_in_t<Batch>>,
                     refused::this_estimate_of_the_divergence_takes_other_numbers> {};

struct approximate_kl_fn {
  template <class Batch, class... Estimate,
            class = typename internal::every<internal::a_batch_and_its_ratio<Batch, token_ratio>,
                                             at_most_one_estimate<Batch, Estimate...>>::type::yes>
  constexpr auto operator()(Batch&& batch, Estimate const&... estimate) const {
    if constexpr (sizeof...(Estimate) == 0) {
      return (*this)(batch, k3);
    } else {
      std::size_t sequence = 0;
      auto const of_tokens = [&](auto const& tokens) {
        internal::check_sequence<token_ratio>(tokens, sequence++);
        return token_sum(estimate..., tokens.old_log_probs, tokens.log_probs);
      };
      return internal::mean_in_scope(batch, of_tokens, token_mean{});
    }
  }
};

}  // namespace detail

/// `approximate_kl(batch, estimate)`: how far the policy has gone from the old one, the mean over all tokens of an
/// estimate of `KL(pi_old, pi)`, `estimate(old_log_prob, log_prob)`, a `batch_mean<token_mean, V>`;
/// `approximate_kl(batch)`: by `k3`, which is `r - 1 - log r`.
///
/// The tokens are the old policy's, so that it stands first: `k1` is the mean of `-log r`.
///
/// *Arguments*: a range of `sampled_tokens`, one for each sequence; a `kl_estimator`.
/// *Errors*: those of `policy_loss`.
/// *Cost*: O(tokens), allocates nothing.
/// *Source*: Schulman 2020, "Approximating KL divergence"; Huang et al. 2022, "The 37 implementation details of
/// proximal policy optimization", 12.
/// *Use*:
///     bellman::approximate_kl(
///         std::array{bellman::sampled_tokens{std::array{-1.5, -1.0}, std::array{-1.0, -1.0}, std::array{0.5, 0.5}}},
///         bellman::k1).value() == 0.25
inline constexpr detail::approximate_kl_fn approximate_kl{};

}  // namespace bellman
