// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void rows_of_tokens_must_be_of_one_length(std::size_t shortest) {
  internal::refuse("bellman: a row of numbers of a sequence ends after " + internal::describe(shortest) +
                   " tokens, another goes on; there must be one number for each token");
}

struct token_sum_fn {
  template <class Function, std::ranges::input_range First, std::ranges::input_range... Rest>
  constexpr auto operator()(Function const& f, First&& first, Rest&&... rest) const {
    using V = number_t<std::remove_cvref_t<decltype(f(*std::ranges::begin(first), *std::ranges::begin(rest)...))>>;
    V total{};
    auto const add = [&](auto&&... x) { total = sum(total, static_cast<V>(f(std::forward<decltype(x)>(x)...))); };
    std::size_t const n = internal::in_step(rows_of_tokens_must_be_of_one_length, add, first, rest...);
    return batch_mean<token_mean, V>{total, n};
  }

  template <std::ranges::input_range Losses>
  constexpr auto operator()(Losses&& losses) const {
    return (*this)([](auto const& x) { return x; }, losses);
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
/// *Arguments*: rows with one number for each token, any input ranges. Terms are summed in their own type, integers as
/// `double`. A NaN makes the sum a NaN.
/// *Errors*: rows of different lengths throw `invalid_value`.
/// *Cost*: O(n), allocates nothing.
/// *Laws*: the sum over a sequence is that of its two parts, added (tests/loss/token_sum.cpp).
/// *Use*:
///     bellman::token_sum(bellman::k1, std::array{-1.0, -2.0}, std::array{-2.0, -4.0}).total == 3.0
inline constexpr detail::token_sum_fn token_sum{};

}  // namespace bellman
