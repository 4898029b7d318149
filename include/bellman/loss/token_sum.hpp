// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct rows_of_tokens_must_be_ranges {};
struct the_first_row_of_tokens_has_an_end {};
struct the_function_of_a_token_cannot_be_called_with_an_element_of_each_row {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void rows_of_tokens_must_be_of_one_length(std::size_t shortest) {
  internal::refuse("bellman: a row of numbers of a sequence ends after " + internal::describe(shortest) +
                   " tokens, another goes on; there must be one number for each token");
}

// It says how many tokens there are.
template <class... Rows>
inline constexpr bool first_without_end = false;
template <class First, class... Rest>
inline constexpr bool first_without_end<First, Rest...> = internal::row_without_end<First>;

// A function and the rows of its arguments, or one row.
template <class Function, class... Rows>
consteval auto judge_token_sum() {
  if constexpr (sizeof...(Rows) == 0) {
    return typename internal::every<
        internal::a_range_of_numbers_or_vectors<Function>,
        internal::rule<!first_without_end<Function>, refused::the_first_row_of_tokens_has_an_end>>::type{};
  } else if constexpr (!(std::ranges::input_range<Rows> && ...)) {
    return refused::rows_of_tokens_must_be_ranges{};
  } else if constexpr (first_without_end<Rows...>) {
    return refused::the_first_row_of_tokens_has_an_end{};
  } else if constexpr (!std::invocable<Function const&, std::ranges::range_reference_t<Rows>...>) {
    return refused::the_function_of_a_token_cannot_be_called_with_an_element_of_each_row{};
  } else {
    using V = std::invoke_result_t<Function const&, std::ranges::range_reference_t<Rows>...>;
    return typename internal::a_number_or_vector<V>::type{};
  }
}
template <class Function, class... Rows>
struct a_token_sum {
  using type = decltype(detail::judge_token_sum<std::remove_reference_t<Function>, Rows...>());
};
template <class Row>
struct a_token_sum<Row> {
  using type = decltype(detail::judge_token_sum<Row>());
};

// A number of a row of them, which may be read through a proxy.
template <class X>
struct itself {
  constexpr X operator()(X const& x) const { return x; }
};

struct token_sum_fn {
  template <class First, class... Rows, class = typename a_token_sum<First, Rows...>::type::yes>
  constexpr auto operator()(First&& first, Rows&&... rows) const {
    if constexpr (sizeof...(Rows) == 0) {
      using V = number_t<std::ranges::range_value_t<First>>;
      if constexpr (std::ranges::sized_range<First>) {
        auto const n = static_cast<std::size_t>(std::ranges::size(first));
        return batch_mean<token_mean, V>{internal::accumulated(first).in_full(), n};
      } else {
        return (*this)(itself<std::ranges::range_value_t<First>>{}, first);
      }
    } else {
      auto const& f = first;
      using V = number_t<std::remove_cvref_t<decltype(f(*std::ranges::begin(rows)...))>>;
      accumulator<V> all;
      auto const add = [&](auto&&... x) { all.add(static_cast<V>(f(std::forward<decltype(x)>(x)...))); };
      std::size_t const n = internal::in_step(rows_of_tokens_must_be_of_one_length, add, rows...);
      return batch_mean<token_mean, V>{all.in_full(), n};
    }
  }
};

}  // namespace detail

/// `token_sum(f, xs, ys, ...)`: the sum of `f(x_t, y_t, ...)` over the tokens of one sequence, with their number;
/// `token_sum(xs)`: that of `x_t`.
///
/// Given to a scope it is the sequence's part of the mean of a batch:
///
///     sequence_mean{}(token_sum(k3, log_probs, reference_log_probs))
///
/// *Arguments*: rows with one number for each token, any input ranges, of which the first has an end. Terms are added
/// up as by an `accumulator`: floats in `double`. A NaN makes the sum a NaN.
/// *Errors*: rows of different lengths throw `invalid_value`.
/// *Cost*: O(n), allocates nothing.
/// *Laws*: the sum over a sequence is that of its two parts, added (tests/loss/token_sum.cpp).
/// *Use*:
///     bellman::token_sum(bellman::k1, std::array{-1.0, -2.0}, std::array{-2.0, -4.0}).total == 3.0
inline constexpr detail::token_sum_fn token_sum{};

}  // namespace bellman
