// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <string>
#include <type_traits>

namespace bellman {

namespace detail {

template <class T>
inline constexpr bool is_batch_mean = false;
template <class Scope, class V>
inline constexpr bool is_batch_mean<batch_mean<Scope, V>> = true;

[[noreturn]] inline void a_fixed_length_must_be_above_zero() {
  internal::refuse("bellman: fixed_length is 0; it must be above 0");
}

}  // namespace detail

/// `token_mean`: a term is a token, `sum_i sum_t x_it / sum_i n_i`. Long sequences weigh more.
///
/// Also what a `token_sum` is, before another scope makes its own part of it.
///
/// *Source*: DAPO, Yu et al. 2025, eq. 12.
/// *Use*:
///     bellman::mean_over(std::vector{std::vector{1.0, 3.0}, std::vector{5.0}},
///                        bellman::token_mean{}).value() == 3.0
struct token_mean {
  template <class V>
  constexpr batch_mean<token_mean, V> operator()(batch_mean<token_mean, V> const& tokens) const {
    return tokens;
  }
};

/// What the tokens of one sequence, summed, are in the mean of a batch: what is counted there.
///
/// Minimal definition: `s(tokens)`, for the `token_sum` of a sequence, a `batch_mean<token_mean, V>`: the part of that
/// sequence, a `batch_mean<S, V>` (or of another scope, where the terms are the same).
///
/// Axioms:
///  1. the part depends on the tokens of that sequence alone, so that a batch may be split;
///  2. its total is linear in that of the tokens, its count depends on theirs alone: the mean of a loss and that of a
///     penalty in the same scope add to the mean of their sum;
///  3. a sequence without tokens is no term of any mean: `s({}) == {}` (`conventions::every_row` counts it as a 0);
///  4. where scopes of one type differ by parameters, so that their terms have no common mean, it has `==` and gives
///     itself with each part, `{total, count, *this}`.
///
/// Models: `token_mean`, `sequence_mean`, `sequence_sum`, `fixed_length`; `conventions::every_row`,
/// `conventions::sequence_mean_with_epsilon`, `conventions::trl::length_times_mean`.
///
/// A function of the sum rather than of the tokens, so that one that needs no more than a sum cannot ask for more, and
/// the tokens are read once; a mean that weighs tokens differently weighs them in the function that is summed.
template <class S, class V = double>
concept scope_for = requires(S const& s, batch_mean<token_mean, V> const& tokens) {
  requires detail::is_batch_mean<std::remove_cvref_t<decltype(s(tokens))>>;
};

/// `sequence_mean`: a term is the mean over the tokens of a sequence, `sum_i (sum_t x_it / n_i) / N`. Each sequence
/// weighs the same, so that a token of a long one weighs less.
///
/// *Source*: GRPO, Shao et al. 2024, eq. 3.
/// *Use*:
///     bellman::mean_over(std::vector{std::vector{1.0, 3.0}, std::vector{5.0}},
///                        bellman::sequence_mean{}).value() == 3.5
struct sequence_mean {
  template <class V>
  constexpr batch_mean<sequence_mean, V> operator()(batch_mean<token_mean, V> const& tokens) const {
    if (tokens.count == 0) return {};
    return {tokens.value(), 1};
  }
};

/// `sequence_sum`: a term is the sum over the tokens of a sequence, `sum_i sum_t x_it / N`: the log-likelihood of whole
/// sequences.
///
/// *Use*:
///     bellman::mean_over(std::vector{std::vector{1.0, 3.0}, std::vector{5.0}},
///                        bellman::sequence_sum{}).value() == 4.5
struct sequence_sum {
  template <class V>
  constexpr batch_mean<sequence_sum, V> operator()(batch_mean<token_mean, V> const& tokens) const {
    if (tokens.count == 0) return {};
    return {tokens.total, 1};
  }
};

/// `fixed_length{L}`: a term is the sum over the tokens of a sequence, divided by a length that is the same for all,
/// `sum_i sum_t x_it / (L N)`: each token of any sequence weighs the same, in every batch.
///
/// *Arguments*: the length, in tokens. Parts of a batch need one length.
/// *Errors*: a length of 0 throws `invalid_value`, and so does the sum of parts of two lengths.
/// *Source*: Dr. GRPO, Liu et al. 2025, section 3.2.
/// *Use*:
///     bellman::mean_over(std::vector{std::vector{1.0, 3.0}, std::vector{5.0}},
///                        bellman::fixed_length{3}).value() == 1.5
class fixed_length {
 public:
  constexpr explicit fixed_length(std::size_t its_length) : length_(its_length) {
    if (its_length == 0) detail::a_fixed_length_must_be_above_zero();
  }

  template <class V>
  constexpr batch_mean<fixed_length, V> operator()(batch_mean<token_mean, V> const& tokens) const {
    if (tokens.count == 0) return {};
    return {quotient(tokens.total, as_number<detail::divisor_of_sum_t<V>>(length_)), 1, *this};
  }

  /// Its text in messages.
  std::string str() const { return "fixed_length{" + std::to_string(length_) + "}"; }

  friend bool operator==(fixed_length const&, fixed_length const&) = default;

 private:
  std::size_t length_;
};

}  // namespace bellman
