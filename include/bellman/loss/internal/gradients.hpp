// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct gradients_are_rows_that_numbers_can_be_written_to_one_for_each_sequence {};
struct with_gradients_a_batch_is_walked_twice {};
struct these_numbers_have_no_derivative_of_one_type {};

}  // namespace refused

namespace internal {

[[noreturn]] inline void there_must_be_a_row_of_gradients_for_each_sequence(std::size_t shorter, bool gradients_end) {
  internal::refuse("bellman: the " + std::string(gradients_end ? "gradients" : "sequences") + " end after " +
                   std::to_string(shorter) + ", the " + std::string(gradients_end ? "sequences" : "gradients") +
                   " go on; there must be a row of gradients for each sequence");
}
[[noreturn]] inline void there_must_be_a_gradient_for_each_token(std::size_t sequence, std::size_t tokens,
                                                                 std::size_t gradients) {
  internal::refuse("bellman: sequence " + std::to_string(sequence) + " has " + std::to_string(tokens) +
                   " tokens and a row of " + std::to_string(gradients) +
                   " gradients; there must be a gradient for each token");
}

// The number in which derivatives of a function of these numbers are computed.
template <class... X>
struct derivative {};
template <class... X>
requires requires { typename std::common_type_t<number_t<X>...>; }
struct derivative<X...> {
  using type = std::common_type_t<number_t<X>...>;
};
template <class... X>
using derivative_t = typename derivative<X...>::type;
template <class... X>
concept have_a_derivative = field<derivative_t<X...>>;
template <class... X>
using a_derivative = rule<have_a_derivative<X...>, refused::these_numbers_have_no_derivative_of_one_type>;

// What a function gives of dual numbers, which is a constant where it stops all derivatives.
template <class L>
constexpr auto const& value_of(L const& loss) {
  if constexpr (has_derivatives<L>) {
    return scalar_traits<L>::value(loss);
  } else {
    return loss;
  }
}
template <class V, std::size_t Direction, class L>
constexpr V derivative_of(L const& loss) {
  if constexpr (has_derivatives<L>) {
    return static_cast<V>(scalar_traits<L>::derivatives(loss)[Direction]);
  } else {
    return V(0);
  }
}

/// Rows that numbers can be written to, one for each sequence of a batch.
template <class Gradients, class V>
concept rows_of_gradients =
    std::ranges::forward_range<Gradients> && std::ranges::forward_range<std::ranges::range_reference_t<Gradients>> &&
    accepts<an_output<std::ranges::iterator_t<std::ranges::range_reference_t<Gradients>>, V>>;
template <class Gradients, class V>
using rows_for_gradients = rule<rows_of_gradients<Gradients, V>,
                                refused::gradients_are_rows_that_numbers_can_be_written_to_one_for_each_sequence>;

// `slope(n)`: by how much the mean changes with the sum over a sequence of n tokens. A scope is linear in that sum, and
// what it counts depends on the number of tokens alone.
template <class V, class Scope>
class slope_of_sequence {
 public:
  constexpr slope_of_sequence(Scope const& scope, std::size_t count) : scope_(scope), count_(count) {}

  constexpr V operator()(std::size_t tokens) const {
    auto const part = scope_(batch_mean<token_mean, V>{sum_t<V>(1), tokens});
    using total = std::remove_cvref_t<decltype(part.total)>;
    return internal::converted_to<V>(quotient(part.total, as_number<scalar_t<total>>(count_)));
  }

 private:
  Scope const& scope_;
  std::size_t count_;
};

// How many terms the mean has, where the gradients have the shape of the batch. `length_of(tokens, sequence)` gives the
// number of its tokens, and refuses what is no sequence.
template <class V, class Batch, class Gradients, class LengthOf, class Scope>
constexpr std::size_t count_of_terms(Batch&& batch, Gradients&& gradients, LengthOf const& length_of,
                                     Scope const& scope) {
  std::size_t count = 0;
  std::size_t sequence = 0;
  auto row = std::ranges::begin(gradients);
  auto const last = std::ranges::end(gradients);
  for (auto&& tokens : batch) {
    if (row == last) internal::there_must_be_a_row_of_gradients_for_each_sequence(sequence, true);
    std::size_t const n = length_of(tokens, sequence);
    auto&& its_gradients = *row;
    auto const m = static_cast<std::size_t>(std::ranges::distance(its_gradients));
    if (n != m) internal::there_must_be_a_gradient_for_each_token(sequence, n, m);
    count += scope(batch_mean<token_mean, V>{sum_t<V>(0), n}).count;
    ++row;
    ++sequence;
  }
  if (row != last) internal::there_must_be_a_row_of_gradients_for_each_sequence(sequence, false);
  return count;
}

// The mean of a batch in a scope, where `of_tokens(sequence, its_gradients, slope)` gives a sequence's `token_sum` and
// writes its gradients.
template <class V, class Batch, class Gradients, class LengthOf, class OfTokens, class Scope>
[[gnu::always_inline]] constexpr auto mean_with_gradients(Batch&& batch, Gradients&& gradients,
                                                          LengthOf const& length_of, OfTokens const& of_tokens,
                                                          Scope const& scope) {
  std::size_t const count = internal::count_of_terms<V>(batch, gradients, length_of, scope);
  slope_of_sequence<V, Scope> const slope(scope, count == 0 ? 1 : count);
  auto row = std::ranges::begin(gradients);
  auto const of_sequence = [&](auto const& tokens) {
    auto&& its_gradients = *row;
    auto const n = static_cast<std::size_t>(std::ranges::distance(its_gradients));
    auto const part = of_tokens(tokens, its_gradients, slope(n));
    ++row;
    return part;
  };
  return internal::mean_in_scope(batch, of_sequence, scope);
}

// Writes a gradient, which may be stored in fewer bits.
template <class Row, class V>
constexpr void write_gradient(std::ranges::iterator_t<Row> const& at, V const& gradient) {
  using row_iterator = std::ranges::iterator_t<Row>;
  if constexpr (std::is_arithmetic_v<std::iter_value_t<row_iterator>>) {
    *at = static_cast<std::iter_value_t<row_iterator>>(gradient);
  } else {
    *at = internal::as_stored<row_iterator>(gradient);
  }
}

}  // namespace internal

}  // namespace bellman
