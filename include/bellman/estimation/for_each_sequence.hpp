// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/internal/pieces.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/layout.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <utility>

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
using a_range_of_sequences = internal::rule<(layout<Sequences> || std::ranges::random_access_range<Sequences>),
                                            refused::sequences_are_a_random_access_range>;

// The sequences of a range or of an array of several, how many there are and each by its number.
template <class Sequences>
constexpr std::size_t count_of(Sequences& sequences) {
  if constexpr (layout<Sequences>) {
    return sequences.sequences();
  } else {
    return static_cast<std::size_t>(std::ranges::distance(sequences));
  }
}
template <class Sequences>
constexpr decltype(auto) number_in(Sequences& sequences, std::size_t i) {
  if constexpr (layout<Sequences>) {
    return sequences.sequence(i);
  } else {
    return internal::element_at(sequences, i);
  }
}

template <class F, class Sequences>
struct a_function_of_sequences
    : internal::rule<std::invocable<F const&, decltype(detail::number_in(std::declval<Sequences&>(), std::size_t{}))>,
                     refused::this_cannot_be_called_with_a_sequence> {};

struct for_each_sequence_fn {
  template <class Order, class Sequences, class F,
            class = typename internal::every<an_order_in_parallel<Order>, a_range_of_sequences<Sequences>,
                                             a_function_of_sequences<F, Sequences>>::type::yes>
  constexpr void operator()(Order const& order, Sequences&& sequences, F const& f) const {
    internal::for_each_piece(order, detail::count_of(sequences), 1, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i < last; ++i) f(detail::number_in(sequences, i));
    });
  }
};

}  // namespace detail

/// `for_each_sequence(in_parallel{executor, pieces}, sequences, f)`: `f(sequence)` for every element of a random-access
/// range of sequences, such as structs of spans, or for every sequence of an array of several, in pieces of neighbours
/// that the executor works off at the same time.
///
///     for_each_sequence(in_parallel{threads, 16}, batch, [](auto& s) {
///       gae(s.rewards, s.values, s.steps, {.gamma = 1, .lambda = 0.95}, s.advantages.begin(), s.returns.begin());
///     });
///
/// Sequences may be of any length; with a few pieces for each thread an executor that hands them out as threads become
/// free evens out what is long and what is short.
///
/// An estimator of arrays of sequences takes them in pieces by itself: `gae.in(in_parallel{threads, 16})`.
///
/// *Arguments*: an executor and a number of pieces; a random-access range of sequences, such as structs of spans, or
/// `time_major`, `batch_major`, `packed`; a function of one sequence, which must bear being called at the same time for
/// different ones.
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
