// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/internal/pieces.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct a_sweep_is_over_a_table {};
struct a_sweep_reads_and_writes_contiguous_ranges_of_numbers_of_one_type {};
struct a_sweep_takes_an_operator_over_the_table {};
struct the_order_of_a_sweep_is_sequential_or_in_parallel_with_an_executor_of_tasks {};

}  // namespace refused

namespace detail {

template <class Values, class Out>
concept values_and_place_for_values = std::ranges::contiguous_range<Values> && std::ranges::contiguous_range<Out> &&
    internal::elements_are_numbers_or_vectors<Values> &&
    std::same_as<std::ranges::range_value_t<Values>, std::ranges::range_value_t<Out>> &&
    !std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<Out>>>;

template <class Operator, class Values>
struct an_operator_on
    : internal::rule<std::is_invocable_v<Operator const&, internal::table_values<std::ranges::range_value_t<Values>>>,
                     refused::a_sweep_takes_an_operator_over_the_table> {};

template <class Order>
using an_order_of_states =
    internal::rule<std::is_same_v<Order, sequential> || internal::is_in_parallel<Order>,
                   refused::the_order_of_a_sweep_is_sequential_or_in_parallel_with_an_executor_of_tasks>;

struct sweep_fn {
  template <class Operator, class Table, class Values, class Out, class Order = sequential,
            class = typename internal::every<
                internal::rule<table<Table>, refused::a_sweep_is_over_a_table>,
                internal::rule<values_and_place_for_values<Values, Out>,
                               refused::a_sweep_reads_and_writes_contiguous_ranges_of_numbers_of_one_type>,
                an_operator_on<Operator, Values>, an_order_of_states<Order>>::type::yes>
  constexpr void operator()(Operator const& op, Table const& t, Values const& v, Out&& out,
                            [[maybe_unused]] Order const& order = {}) const {
    using V = std::ranges::range_value_t<Values>;
    auto const next = op(internal::table_values<V>{std::ranges::data(v)});
    V* const to = std::ranges::data(out);
    if constexpr (std::is_same_v<Order, sequential>) {
      for (index_t s = 0; s < t.size(); ++s) to[s] = next(s);
    } else {
      std::size_t const pieces = order.pieces == 0 ? 1 : order.pieces;
      order.executor(pieces, [&](std::size_t i) {
        auto const of_piece = next;  // each its own, which stays in registers
        auto const end = static_cast<index_t>(internal::piece_begin(i + 1, pieces, t.size()));
        for (auto s = static_cast<index_t>(internal::piece_begin(i, pieces, t.size())); s < end; ++s)
          to[s] = of_piece(s);
      });
    }
  }
};

}  // namespace detail

/// `sweep(op, table, v, out)`: `out[s] = (T v)(s)` for every state of a table; `sweep(op, table, v, out, order)`: in
/// the order named, `sequential{}` or `in_parallel{executor, pieces}`, pieces being ranges of states.
///
/// *Arguments*: an operator over a table, the table; `v` and `out`: contiguous ranges of one value a state, apart from
/// each other; `v` must be 0 in terminal states, as every `out` is.
/// *Cost*: O(transitions), allocates nothing.
/// *Use*:
///     [] {
///       auto const table = bellman::tabulate(
///           bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                      bellman::length_limit{2},
///                                      [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///           bellman::context{});
///       std::array<double, 5> v{}, next{};
///       auto const T = bellman::bellman_optimality(table, 1.0);
///       bellman::sweep(T, table, v, next);
///       return next[0] == 1.0;
///     }()
inline constexpr detail::sweep_fn sweep{};

}  // namespace bellman
