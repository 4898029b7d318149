// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/token_sum.hpp>

#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::internal {

template <class Batch>
concept batch_of_sampled_tokens = std::ranges::input_range<Batch> && requires(std::ranges::range_reference_t<Batch> t) {
  t.log_probs;
  t.old_log_probs;
  t.advantages;
};

// Of a batch: what its ratio gives for a token, an advantage, a log-probability.
template <class Batch>
using tokens_of_t = std::remove_cvref_t<std::ranges::range_reference_t<Batch>>;
template <class Batch, class Ratio>
using ratio_of_t = std::remove_cvref_t<decltype(std::declval<Ratio const&>()(std::declval<tokens_of_t<Batch> const&>())(
    *std::ranges::begin(std::declval<tokens_of_t<Batch> const&>().log_probs),
    *std::ranges::begin(std::declval<tokens_of_t<Batch> const&>().old_log_probs)))>;
template <class Batch>
using advantage_of_t =
    std::remove_cvref_t<decltype(*std::ranges::begin(std::declval<tokens_of_t<Batch> const&>().advantages))>;
template <class Batch>
using log_prob_of_t =
    std::remove_cvref_t<decltype(*std::ranges::begin(std::declval<tokens_of_t<Batch> const&>().log_probs))>;

// The mean over a batch, in a scope, of `f(ratio, advantage, log_prob)`.
template <class Batch, class Ratio, class Function, class Scope>
[[gnu::always_inline]] constexpr auto mean_of_tokens(Batch&& batch, Ratio const& ratio, Function const& f,
                                                     Scope const& scope) {
  auto const sum_of = [&](auto const& tokens) {
    auto const ratio_of = ratio(tokens);
    auto const of_token = [&](auto const& log_prob, auto const& old_log_prob, auto const& its_advantage) {
      return f(ratio_of(log_prob, old_log_prob), its_advantage, log_prob);
    };
    return token_sum(of_token, tokens.log_probs, tokens.old_log_probs, tokens.advantages);
  };
  return internal::mean_in_scope(batch, sum_of, scope);
}

}  // namespace bellman::internal
