// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refused.hpp>
#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/token_sum.hpp>

#include <ranges>

namespace bellman {

namespace detail {

struct mean_over_fn {
  template <std::ranges::input_range Batch, class Scope>
  constexpr auto operator()(Batch&& batch, Scope const& scope) const {
    if constexpr (!std::ranges::input_range<std::ranges::range_reference_t<Batch>>) {
      static_assert(internal::refused<Batch>,
                    "bellman: a batch is a range of sequences, each a range of numbers; for one sequence there is "
                    "scope(token_sum(sequence))");
    } else {
      return internal::mean_in_scope(batch, token_sum, scope);
    }
  }
};

}  // namespace detail

/// `mean_over(batch, scope)`: the mean of a range of sequences, each a range of numbers, one a token:
/// `scope(token_sum(sequence_1)) + scope(token_sum(sequence_2)) + ...`, a `batch_mean` whose `value()` is the mean.
///
/// *Arguments*: any input range of input ranges; a `scope_for` their numbers.
/// *Errors*: what is no range of ranges, or no scope, does not compile. An empty batch gives the neutral element, whose
/// `value()` throws `invalid_value`.
/// *Cost*: O(tokens), allocates nothing.
/// *Laws*: `mean_over(first, scope) + mean_over(rest, scope) == mean_over(all, scope)`, wherever a batch is cut in two
/// (tests/loss/mean_over.cpp).
/// *Use*:
///     bellman::mean_over(std::vector{std::vector{1.0, 3.0}, std::vector{5.0}}, bellman::token_mean{}).value() == 3.0
inline constexpr detail::mean_over_fn mean_over{};

}  // namespace bellman
