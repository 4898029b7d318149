// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/log_ratio.hpp>
#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <cstddef>
#include <ranges>
#include <string>
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

[[noreturn]] inline void rows_of_a_sequence_must_be_of_one_length(std::size_t sequence, std::size_t log_probs,
                                                                 std::size_t old_log_probs, std::size_t advantages) {
  internal::refuse("bellman: sequence " + std::to_string(sequence) + " has " + std::to_string(log_probs) +
                   " log-probabilities, " + std::to_string(old_log_probs) + " old ones and " +
                   std::to_string(advantages) + " advantages; there must be one number for each token");
}
template <class Q>
[[noreturn]] void a_sampled_token_of_a_sequence_must_have_had_a_probability(std::size_t sequence, std::size_t token,
                                                                            Q const& old_log_prob) {
  internal::refuse("bellman: sequence " + std::to_string(sequence) + ", token " + std::to_string(token) +
                   ": its old log-probability is " + internal::describe(old_log_prob) + "; it must be finite");
}

// What a ratio and a `token_sum` refuse of one sequence is refused here before, where it is known which it is.
template <class Ratio, class Tokens>
constexpr void check_sequence(Tokens const& tokens, std::size_t sequence) {
  if constexpr (std::ranges::sized_range<decltype((tokens.log_probs))> &&
                std::ranges::sized_range<decltype((tokens.old_log_probs))> &&
                std::ranges::sized_range<decltype((tokens.advantages))>) {
    auto const n = static_cast<std::size_t>(std::ranges::size(tokens.log_probs));
    auto const m = static_cast<std::size_t>(std::ranges::size(tokens.old_log_probs));
    auto const k = static_cast<std::size_t>(std::ranges::size(tokens.advantages));
    if (n != m || n != k) internal::rows_of_a_sequence_must_be_of_one_length(sequence, n, m, k);
  }
  if constexpr (is_made_of_log_ratios<Ratio> && std::ranges::forward_range<decltype((tokens.old_log_probs))>) {
    // All at once: an exit from the loop would keep it out of registers.
    bool all_finite = true;
    for (auto&& q : tokens.old_log_probs) all_finite = static_cast<bool>(all_finite & is_finite(q));
    if (all_finite) return;
    std::size_t t = 0;
    for (auto&& q : tokens.old_log_probs) {
      if (!is_finite(q)) internal::a_sampled_token_of_a_sequence_must_have_had_a_probability(sequence, t, q);
      ++t;
    }
  }
}

// The mean over a batch, in a scope, of `f(ratio, advantage, log_prob)`.
template <class Batch, class Ratio, class Function, class Scope>
[[gnu::always_inline]] constexpr auto mean_of_tokens(Batch&& batch, Ratio const& ratio, Function const& f,
                                                     Scope const& scope) {
  std::size_t sequence = 0;
  auto const of_tokens = [&](auto const& tokens) {
    internal::check_sequence<Ratio>(tokens, sequence++);
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
