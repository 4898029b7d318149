// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_mean_needs_at_least_one_term() {
  throw invalid_value("bellman: the mean of nothing: no token of the batch counts; at least one must");
}
[[noreturn]] inline void a_fixed_length_must_be_above_zero() {
  throw invalid_value("bellman: fixed_length is 0; it must be above 0");
}
[[noreturn]] inline void rows_of_tokens_must_be_of_one_length(std::size_t shortest) {
  throw invalid_value("bellman: a row of numbers of a sequence ends after " + internal::describe(shortest) +
                      " tokens, another goes on; there must be one number for each token");
}

}  // namespace detail

/// A mean in the making: the sum of its terms, and how many they are. What one term is, a token or a sequence, is the
/// `Scope`: one of those below.
///
/// A monoid: `a + b` is the mean over both parts and `batch_mean<Scope, V>{}` is neutral, so that it makes no
/// difference how a batch is split into micro-batches or over devices (exactly for exact scalars; in floating point up
/// to the order of the sum). The mean of two `value()`s has no such law: that is why the parts are merged before they
/// are divided. Two parts of different scopes, or of different number types, have no common mean; their sum does not
/// compile.
template <class Scope, class V>
struct batch_mean {
  V total{};
  std::size_t count = 0;

  /// `total / count`. Throws `invalid_value` where nothing was counted: of nothing there is no mean.
  constexpr V value() const {
    if (count == 0) detail::a_mean_needs_at_least_one_term();
    return quotient(total, as_number<scalar_t<V>>(count));
  }

  friend constexpr batch_mean operator+(batch_mean const& a, batch_mean const& b) {
    return {sum(a.total, b.total), a.count + b.count};
  }
  constexpr batch_mean& operator+=(batch_mean const& b) { return *this = *this + b; }

  friend constexpr bool operator==(batch_mean const&, batch_mean const&) = default;
};

template <class Scope, class V, class OtherScope, class W>
  requires(!std::same_as<Scope, OtherScope> || !std::same_as<V, W>)
constexpr batch_mean<Scope, V> operator+(batch_mean<Scope, V> const& a, batch_mean<OtherScope, W> const&) {
  if constexpr (!std::same_as<Scope, OtherScope>) {
    static_assert(internal::refused<Scope, OtherScope>,
                  "bellman: two parts of a batch have a common mean only if both count the same: their scopes differ");
  } else {
    static_assert(internal::refused<V, W>,
                  "bellman: two parts of a batch have a common mean only if both are sums of one number type");
  }
  return a;
}

// What is counted. A scope says what the tokens of one sequence, summed, are in the mean of the batch. A sequence
// without tokens is no term of any.

/// A term is a token: `sum_i sum_t x_it / sum_i n_i`. Long sequences weigh more. (DAPO, Yu et al. 2025, eq. 12.)
struct token_mean {
  template <class V>
  constexpr batch_mean<token_mean, V> operator()(batch_mean<token_mean, V> const& tokens) const {
    return tokens;
  }
};

/// A term is the mean over the tokens of a sequence: `sum_i (sum_t x_it / n_i) / N`. Each sequence weighs the same, so
/// that a token of a long one weighs less. (GRPO, Shao et al. 2024, eq. 3.)
struct sequence_mean {
  template <class V>
  constexpr batch_mean<sequence_mean, V> operator()(batch_mean<token_mean, V> const& tokens) const {
    if (tokens.count == 0) return {};
    return {tokens.value(), 1};
  }
};

/// A term is the sum over the tokens of a sequence: `sum_i sum_t x_it / N`: the log-likelihood of whole sequences.
struct sequence_sum {
  template <class V>
  constexpr batch_mean<sequence_sum, V> operator()(batch_mean<token_mean, V> const& tokens) const {
    if (tokens.count == 0) return {};
    return {tokens.total, 1};
  }
};

/// A term is the sum over the tokens of a sequence, divided by a length that is the same for all: `sum_i sum_t x_it /
/// (L N)`: each token of any sequence weighs the same, in every batch. (Dr. GRPO, Liu et al. 2025, section 3.2.)
/// Parts of a batch need one length. A length of 0 throws `invalid_value`.
class fixed_length {
 public:
  constexpr explicit fixed_length(std::size_t its_length) : length_(its_length) {
    if (its_length == 0) detail::a_fixed_length_must_be_above_zero();
  }

  template <class V>
  constexpr batch_mean<fixed_length, V> operator()(batch_mean<token_mean, V> const& tokens) const {
    if (tokens.count == 0) return {};
    return {quotient(tokens.total, as_number<scalar_t<V>>(length_)), 1};
  }

 private:
  std::size_t length_;
};

namespace detail {

struct token_sum_fn {
  template <class Function, std::ranges::input_range First, std::ranges::input_range... Rest>
  constexpr auto operator()(Function const& f, First&& first, Rest&&... rest) const {
    return walk(f, std::ranges::begin(first), std::ranges::end(first),
                std::pair{std::ranges::begin(rest), std::ranges::end(rest)}...);
  }

  template <std::ranges::input_range Losses>
  constexpr auto operator()(Losses&& losses) const {
    return (*this)([](auto const& x) { return x; }, std::forward<Losses>(losses));
  }

 private:
  template <class Function, class I, class S, class... Rest>
  static constexpr auto walk(Function const& f, I it, S const& end, Rest... rest) {
    using V = number_t<std::remove_cvref_t<decltype(f(*it, *rest.first...))>>;
    batch_mean<token_mean, V> all{};
    for (; it != end; ++it, (++rest.first, ...)) {
      if ((false || ... || (rest.first == rest.second))) rows_of_tokens_must_be_of_one_length(all.count);
      all.total = sum(all.total, static_cast<V>(f(*it, *rest.first...)));
      ++all.count;
    }
    if ((false || ... || (rest.first != rest.second))) rows_of_tokens_must_be_of_one_length(all.count);
    return all;
  }
};

struct mean_over_fn {
  template <std::ranges::input_range Batch, class Scope>
  constexpr auto operator()(Batch&& batch, Scope const& scope) const {
    if constexpr (!std::ranges::input_range<std::ranges::range_reference_t<Batch>>) {
      static_assert(internal::refused<Batch>,
                    "bellman: a batch is a range of sequences, each a range of numbers; for one sequence there is "
                    "scope(token_sum(sequence))");
    } else {
      decltype(scope(token_sum_fn{}(*std::ranges::begin(batch)))) all{};
      for (auto&& losses : batch) all += scope(token_sum_fn{}(losses));
      return all;
    }
  }
};

}  // namespace detail

/// `token_sum(f, xs, ys, ...)`: the sum of `f(x_t, y_t, ...)` over the tokens of one sequence, with their number;
/// `token_sum(xs)`: that of `x_t`. Given to a scope it is the sequence's part of the mean of a batch:
///
///     sequence_mean{}(token_sum(k3, log_probs, reference_log_probs))
///
/// One number for each token in every row, or `invalid_value`. Terms are summed in their own type, integers as
/// `double`. A NaN makes the sum a NaN. O(n), allocates nothing.
inline constexpr detail::token_sum_fn token_sum{};

/// `mean_over(batch, scope)`: the `batch_mean` of a range of sequences, each a range of numbers, one a token:
/// `scope(token_sum(sequence_1)) + scope(token_sum(sequence_2)) + ...`; its `value()` is the mean. An empty batch gives
/// the neutral element, whose `value()` throws. O(tokens).
inline constexpr detail::mean_over_fn mean_over{};

}  // namespace bellman
