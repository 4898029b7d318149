// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/state_index.hpp>

#include <span>

namespace bellman {

namespace detail {

struct sweep_fn {
  template <class Operator, class Table, class V>
  constexpr void operator()(Operator const& op, Table const& t, std::span<V const> v, std::span<V> out) const {
    auto const next = op(internal::table_values<V>{v.data()});
    for (index_t s = 0; s < t.size(); ++s) out[s] = next(s);
  }
};

}  // namespace detail

/// `sweep(op, table, v, out)`: `out[s] = (T v)(s)` for every state of a table.
///
/// *Arguments*: an operator over a table, the table; `v` and `out`: spans of one value a state, apart from each other;
/// `v` must be 0 in terminal states, as every `out` is.
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
///       bellman::sweep(T, table, std::span<double const>(v), std::span<double>(next));
///       return next[0] == 1.0;
///     }()
inline constexpr detail::sweep_fn sweep{};

}  // namespace bellman
