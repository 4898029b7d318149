// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/internal/pieces.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>

namespace bellman {

namespace refused {

struct the_order_of_sequences_is_in_parallel_with_an_executor_of_tasks {};
struct sequences_are_a_random_access_range {};
struct this_cannot_be_called_with_a_sequence {};

}  // namespace refused

namespace detail {

template <class Order>
using an_order_in_parallel =
    internal::rule<internal::is_in_parallel<Order>,
                   refused::the_order_of_sequences_is_in_parallel_with_an_executor_of_tasks>;

template <class Sequences>
using a_range_of_sequences =
    internal::rule<std::ranges::random_access_range<Sequences>, refused::sequences_are_a_random_access_range>;

template <class F, class Sequences>
struct a_function_of_sequences : internal::rule<std::invocable<F const&, std::ranges::range_reference_t<Sequences>>,
                                                refused::this_cannot_be_called_with_a_sequence> {};

struct for_each_sequence_fn {
  template <class Order, class Sequences, class F,
            class = typename internal::every<an_order_in_parallel<Order>, a_range_of_sequences<Sequences>,
                                             a_function_of_sequences<F, Sequences>>::type::yes>
  constexpr void operator()(Order const& order, Sequences&& sequences, F const& f) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(sequences));
    std::size_t const wanted = order.pieces == 0 ? 1 : order.pieces;
    std::size_t const pieces = wanted < n ? wanted : n;
    auto const first = std::ranges::begin(sequences);
    using difference = std::iter_difference_t<std::ranges::iterator_t<Sequences>>;
    order.executor(pieces, [&](std::size_t i) {
      std::size_t const end = internal::piece_begin(i + 1, pieces, n);
      for (std::size_t k = internal::piece_begin(i, pieces, n); k < end; ++k) f(first[static_cast<difference>(k)]);
    });
  }
};

}  // namespace detail

/// `for_each_sequence(in_parallel{executor, pieces}, sequences, f)`: `f(sequence)` for every element of a random-access
/// range of sequences, such as structs of spans, in pieces of neighbours that the executor works off at the same time.
///
///     for_each_sequence(in_parallel{threads, 16}, batch, [](auto& s) {
///       gae(s.rewards, s.values, s.steps, {.gamma = 1, .lambda = 0.95}, s.advantages.begin(), s.returns.begin());
///     });
///
/// Sequences may be of any length; with a few pieces for each thread an executor that hands them out as threads become
/// free evens out what is long and what is short.
///
/// *Arguments*: an executor and a number of pieces; a random-access range of sequences, such as structs of spans; a
/// function of one, which must bear being called at the same time for different sequences.
/// *Errors*: those of `f`.
/// *Cost*: nothing is allocated here.
/// *Use*:
///     [] {
///       std::vector sequences{std::vector{1.0}, std::vector{2.0, 3.0}};
///       auto const one_after_another = [](std::size_t n, auto const& task) {
///         for (std::size_t i = 0; i < n; ++i) task(i);
///       };
///       bellman::for_each_sequence(bellman::in_parallel{one_after_another, 2}, sequences, [](auto& s) { s[0] = 0; });
///       return sequences == std::vector{std::vector{0.0}, std::vector{0.0, 3.0}};
///     }()
inline constexpr detail::for_each_sequence_fn for_each_sequence{};

}  // namespace bellman
