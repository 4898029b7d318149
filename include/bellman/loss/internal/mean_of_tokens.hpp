// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/in_lanes.hpp>
#include <bellman/loss/internal/log_ratio.hpp>
#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/internal/weighed.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/pack.hpp>
#include <bellman/scalar/register_width.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_batch_is_a_range_of_sampled_tokens_one_for_each_sequence {};
struct a_ratio_must_give_a_function_of_a_log_probability_and_the_old_one {};
struct the_tokens_of_a_ratio_that_they_share_are_walked_twice {};

}  // namespace refused

namespace internal {

template <class Batch>
using tokens_of_t = std::remove_cvref_t<std::ranges::range_reference_t<Batch>>;
template <class Batch>
concept batch_of_sampled_tokens = std::ranges::input_range<Batch> && three_rows_of_numbers<tokens_of_t<Batch>>;

template <class Tokens>
concept tokens_walked_twice = requires(Tokens const& t) {
  requires std::ranges::forward_range<decltype((t.log_probs))>;
  requires std::ranges::forward_range<decltype((t.old_log_probs))>;
  requires std::ranges::forward_range<decltype((t.advantages))>;
};

// Of a batch: what its ratio gives for a token, an advantage, a log-probability.
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
  } else if constexpr (!rows_of_tokens<tokens_of_t<Batch>>) {
    return typename tokens_of_a_sequence<tokens_of_t<Batch>>::type{};
  } else if constexpr (!ratio<Ratio, tokens_of_t<Batch>>) {
    return refused::a_ratio_must_give_a_function_of_a_log_probability_and_the_old_one{};
  } else {
    return typename rule<!shared_ratio<Ratio, tokens_of_t<Batch>> || tokens_walked_twice<tokens_of_t<Batch>>,
                         refused::the_tokens_of_a_ratio_that_they_share_are_walked_twice>::type{};
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

[[noreturn]] inline void there_must_be_a_weight_for_each_token(std::size_t sequence, std::size_t tokens,
                                                               std::size_t weights) {
  internal::refuse("bellman: sequence " + std::to_string(sequence) + " has " + std::to_string(tokens) + " tokens and " +
                   std::to_string(weights) + " weights; there must be a weight for each token");
}

template <class Row>
concept row_of_known_length = std::ranges::sized_range<Row> || row_without_end<Row>;
template <class Row>
concept row_that_is_counted = std::ranges::forward_range<Row> || row_of_known_length<Row>;
// The sum over the tokens of a sequence of `f(log_prob, old_log_prob, advantage)`, or with the weight as well.
template <class Function, class Tokens>
[[gnu::always_inline]] constexpr auto sum_over_tokens(Function const& f, Tokens const& tokens) {
  if constexpr (tokens_with_weights<Tokens>) {
    return token_sum(f, tokens.log_probs, tokens.old_log_probs, tokens.advantages, tokens.weights);
  } else {
    return token_sum(f, tokens.log_probs, tokens.old_log_probs, tokens.advantages);
  }
}

// `f(log_prob, old_log_prob, advantage)` for each token of a sequence, or with the weight as well.
template <class Function, class Tokens>
constexpr void for_each_token(Function const& f, Tokens const& tokens) {
  auto const walk = [&](auto&... weights) {
    internal::in_step(bellman::detail::rows_of_tokens_must_be_of_one_length, f, tokens.log_probs, tokens.old_log_probs,
                      tokens.advantages, weights...);
  };
  if constexpr (tokens_with_weights<Tokens>) {
    walk(tokens.weights);
  } else {
    walk();
  }
}

// A token's part of a loss, weighted where it has a weight.
template <class X, class... W>
constexpr auto weighed_by(X const& x, W const&... weight) {
  if constexpr (sizeof...(W) == 0) {
    return x;
  } else {
    return internal::weighed(x, weight...);
  }
}

// How many numbers of a row are looked at at once: those of a register, where they lie side by side.
template <class Row>
inline constexpr std::size_t number_of_lanes = 1;
template <class Row>
requires std::ranges::contiguous_range<Row> && std::ranges::sized_range<Row> &&
    number_of_a_register<std::ranges::range_value_t<Row>>
inline constexpr std::size_t number_of_lanes<Row> = tokens_at_once<std::ranges::range_value_t<Row>>;

// How many numbers of a row were looked at in registers, all of which are finite, or none. Lanes is a pack, so that
// what is compiled for another machine is another function.
template <class Lanes, std::size_t Width, class T>
std::size_t finite_in_lanes(T const* row, std::size_t n) {
  // The difference of a number and itself is 0 or a NaN, which no sum loses. Four sums, of which none waits for others.
  Lanes a, b, c, d;
  std::size_t t = 0;
  for (; t + 4 * Width <= n; t += 4 * Width) {
    Lanes const w = Lanes::loaded(row + t);
    Lanes const x = Lanes::loaded(row + t + Width);
    Lanes const y = Lanes::loaded(row + t + 2 * Width);
    Lanes const z = Lanes::loaded(row + t + 3 * Width);
    a = a + (w - w);
    b = b + (x - x);
    c = c + (y - y);
    d = d + (z - z);
  }
  Lanes const rest = (a + b) + (c + d);
  for (std::size_t i = 0; i < Width; ++i) {
    if (!(rest[i] == 0)) return 0;
  }
  return t;
}

// Whether all numbers of a row are finite.
template <class Row>
constexpr bool all_finite(Row const& row) {
  bool finite = true;
  constexpr std::size_t width = number_of_lanes<Row const&>;
  if constexpr (width > 1) {
    if (!std::is_constant_evaluated()) {
      auto const* const numbers = std::ranges::data(row);
      std::size_t const n = std::ranges::size(row);
      using T = std::ranges::range_value_t<Row>;
      for (std::size_t t = internal::finite_in_lanes<pack<T, width>, width>(numbers, n); t < n; ++t) {
        finite = static_cast<bool>(finite & is_finite(numbers[t]));
      }
      return finite;
    }
  }
  // All at once: an exit from the loop would keep it out of registers.
  for (auto&& q : row) finite = static_cast<bool>(finite & is_finite(q));
  return finite;
}
// Refuses rows of a sequence that differ in length.
template <class Tokens>
constexpr void check_lengths(Tokens const& tokens, std::size_t sequence) {
  auto const n = static_cast<std::size_t>(std::ranges::distance(tokens.log_probs));
  std::size_t const m = internal::length_or(tokens.old_log_probs, n);
  std::size_t const k = internal::length_or(tokens.advantages, n);
  if (n != m || n != k) internal::rows_of_a_sequence_must_be_of_one_length(sequence, n, m, k);
  if constexpr (tokens_with_weights<Tokens>) {
    if constexpr (row_that_is_counted<decltype((tokens.weights))>) {
      std::size_t const w = internal::length_or(tokens.weights, n);
      if (n != w) internal::there_must_be_a_weight_for_each_token(sequence, n, w);
    }
  }
}

// Refuses old log-probabilities of a sequence that are not finite.
template <class Row>
constexpr void check_old_log_probs(Row const& row, std::size_t sequence) {
  if (internal::all_finite(row)) return;
  std::size_t t = 0;
  for (auto&& q : row) {
    if (!is_finite(q)) internal::a_sampled_token_of_a_sequence_must_have_had_a_probability(sequence, t, q);
    ++t;
  }
}

// What a ratio and a `token_sum` refuse of one sequence is refused here before, where it is known which it is.
template <class Ratio, class Tokens>
constexpr void check_sequence(Tokens const& tokens, std::size_t sequence) {
  using old_log_probs = decltype((tokens.old_log_probs));
  if constexpr (std::ranges::sized_range<decltype((tokens.log_probs))> && row_of_known_length<old_log_probs> &&
                row_of_known_length<decltype((tokens.advantages))>) {
    internal::check_lengths(tokens, sequence);
  }
  if constexpr (is_made_of_log_ratios<Ratio> && std::ranges::forward_range<old_log_probs>) {
    if constexpr (!row_without_end<old_log_probs>) {
      internal::check_old_log_probs(tokens.old_log_probs, sequence);
    } else if constexpr (std::ranges::forward_range<decltype((tokens.log_probs))>) {
      using length = std::ranges::range_difference_t<old_log_probs>;
      auto const n = static_cast<length>(std::ranges::distance(tokens.log_probs));
      internal::check_old_log_probs(std::views::take(tokens.old_log_probs, n), sequence);
    }
  }
}

// The same of a sequence that is walked again, also where only a walk tells how long a row is; gives the number of its
// tokens.
template <class Ratio, class Tokens>
constexpr std::size_t check_and_count(Tokens const& tokens, std::size_t sequence) {
  if constexpr (row_that_is_counted<decltype((tokens.old_log_probs))> &&
                row_that_is_counted<decltype((tokens.advantages))>) {
    internal::check_lengths(tokens, sequence);
  }
  internal::check_sequence<Ratio>(tokens, sequence);
  return static_cast<std::size_t>(std::ranges::distance(tokens.log_probs));
}

// The mean over a batch, in a scope, of `f(ratio, advantage, log_prob)`, or with the weight of the token as well.
template <class Batch, class Ratio, class Function, class Scope>
[[gnu::always_inline]] constexpr auto mean_of_tokens(Batch&& batch, Ratio const& ratio, Function const& f,
                                                     Scope const& scope) {
  std::size_t sequence = 0;
  auto const of_tokens = [&](auto const& tokens) {
    internal::check_sequence<Ratio>(tokens, sequence++);
    auto const ratio_of = ratio(tokens);
    auto const of_token = [&](auto const& log_prob, auto const& old_log_prob, auto const& its_advantage,
                              auto const&... weight) {
      return f(ratio_of(log_prob, old_log_prob), its_advantage, log_prob, weight...);
    };
    return internal::sum_over_tokens(of_token, tokens);
  };
  return internal::mean_in_scope(batch, of_tokens, scope);
}

}  // namespace internal

}  // namespace bellman
