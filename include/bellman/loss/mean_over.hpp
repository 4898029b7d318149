// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <ranges>

namespace bellman {

namespace refused {

struct a_batch_is_a_range_of_sequences_each_a_range_of_numbers {};

}  // namespace refused

namespace detail {

template <class Batch>
concept batch_of_sequences =
    std::ranges::input_range<Batch> && std::ranges::input_range<std::ranges::range_reference_t<Batch>> &&
    internal::elements_are_numbers_or_vectors<std::ranges::range_reference_t<Batch>>;

template <class Batch>
struct a_batch_of_sequences
    : internal::rule<batch_of_sequences<Batch>, refused::a_batch_is_a_range_of_sequences_each_a_range_of_numbers> {};

template <class Batch, class Scope>
struct a_scope_of_numbers
    : internal::a_scope<Scope, number_t<std::ranges::range_value_t<std::ranges::range_reference_t<Batch>>>> {};

struct mean_over_fn {
  template <class Batch, class Scope,
            class = typename internal::every<a_batch_of_sequences<Batch>, a_scope_of_numbers<Batch, Scope>>::type::yes>
  constexpr auto operator()(Batch&& batch, Scope const& scope) const {
    return internal::mean_in_scope(batch, token_sum, scope);
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
