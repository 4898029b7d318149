// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/token_sum.hpp>

#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_batch_is_a_range_of_sampled_tokens_one_for_each_sequence {};
struct a_ratio_must_give_a_function_of_a_log_probability_and_the_old_one {};

}  // namespace refused

namespace internal {

template <class Batch>
concept batch_of_sampled_tokens =
    std::ranges::input_range<Batch> && rows_of_tokens<std::remove_cvref_t<std::ranges::range_reference_t<Batch>>>;

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

// The verdict on a batch and its ratio, which are looked at before what is made of the tokens.
template <class Batch, class Ratio>
consteval auto judge_batch_and_ratio() {
  if constexpr (!batch_of_sampled_tokens<Batch>) {
    return refused::a_batch_is_a_range_of_sampled_tokens_one_for_each_sequence{};
  } else if constexpr (!ratio<Ratio, tokens_of_t<Batch>>) {
    return refused::a_ratio_must_give_a_function_of_a_log_probability_and_the_old_one{};
  } else {
    return accepted{};
  }
}
template <class Batch, class Ratio>
struct a_batch_and_its_ratio {
  using type = decltype(internal::judge_batch_and_ratio<Batch, Ratio>());
};

// The mean over a batch, in a scope, of `f(ratio, advantage, log_prob)`.
template <class Batch, class Ratio, class Function, class Scope>
[[gnu::always_inline]] constexpr auto mean_of_tokens(Batch&& batch, Ratio const& ratio, Function const& f,
                                                     Scope const& scope) {
  auto const of_tokens = [&](auto const& tokens) {
    auto const ratio_of = ratio(tokens);
    auto const of_token = [&](auto const& log_prob, auto const& old_log_prob, auto const& its_advantage) {
      return f(ratio_of(log_prob, old_log_prob), its_advantage, log_prob);
    };
    return token_sum(of_token, tokens.log_probs, tokens.old_log_probs, tokens.advantages);
  };
  return internal::mean_in_scope(batch, of_tokens, scope);
}

}  // namespace internal

}  // namespace bellman
