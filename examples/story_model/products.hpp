// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/bellman.hpp>

#include <cstddef>
#include <utility>

// Products of matrices, several numbers at once.
namespace story_model {

/// Calls `f.operator()<Width>(i)` for pieces `i, ..., i + Width - 1` of 0, ..., n - 1: as wide as a register, and what
/// is left over in halves of that.
template <class Number, std::size_t Width = bellman::register_width<Number>, class F>
[[gnu::always_inline]] inline void in_pieces(std::size_t n, F const& f, std::size_t from = 0) {
  for (; from + Width <= n; from += Width) f.template operator()<Width>(from);
  if constexpr (Width > 1) in_pieces<Number, Width / 2>(n, f, from);
}

/// The sum of the lanes.
template <class Number, std::size_t Width>
[[gnu::always_inline]] inline Number total(bellman::pack<Number, Width> const& x) {
  Number all = x[0];
  for (std::size_t i = 1; i < Width; ++i) all = all + x[i];
  return all;
}

/// A matrix that lies in memory; element `(i, j)` is at `at[i * row + j * column]`.
template <class Number>
struct strided {
  Number const* at;
  std::size_t row;
  std::size_t column;
};

/// A matrix whose rows lie in memory, element `(i, j)` at `at[i * row + j]`.
template <class Number>
struct rows_of {
  Number* at;
  std::size_t row;
};

/// What is multiplied: a has `rows` rows and `inner` columns, b has `inner` rows and `columns` columns.
struct extent {
  std::size_t rows, inner, columns;
};

namespace detail {

// Adds to Rows rows and Packs * Width columns of c at (i, j); each element is summed from the first to the last k, in a
// register, so that no other row or column changes what it is.
template <std::size_t Rows, std::size_t Packs, std::size_t Width, class Number>
[[gnu::always_inline]] inline void add_tile(strided<Number> const& a, rows_of<Number const> const& b,
                                            rows_of<Number> const& c, std::size_t inner, std::size_t i, std::size_t j) {
  using pack = bellman::pack<Number, Width>;
  auto const tile = [&]<std::size_t... Row, std::size_t... Column>(std::index_sequence<Row...>,
                                                                   std::index_sequence<Column...>) {
    pack sums[Rows][Packs];
    Number const* const left = a.at + i * a.row;
    auto const add_row = [&](pack * sum, Number const& x, pack const* y) __attribute__((always_inline)) {
      ((sum[Column] = sum[Column] + y[Column] * pack(x)), ...);
    };
    for (std::size_t k = 0; k < inner; ++k) {
      pack const y[Packs] = {pack::loaded(b.at + k * b.row + j + Column * Width)...};
      (add_row(sums[Row], left[Row * a.row + k * a.column], y), ...);
    }
    auto const store_row = [&](pack const* sum, Number* to) __attribute__((always_inline)) {
      ((pack::loaded(to + Column * Width) + sum[Column]).store(to + Column * Width), ...);
    };
    (store_row(sums[Row], c.at + (i + Row) * c.row + j), ...);
  };
  tile(std::make_index_sequence<Rows>{}, std::make_index_sequence<Packs>{});
}

template <std::size_t Packs, std::size_t Width, class Number>
void add_columns(strided<Number> const& a, rows_of<Number const> const& b, rows_of<Number> const& c, extent const& n,
                 std::size_t j) {
  std::size_t i = 0;
  for (; i + 4 <= n.rows; i += 4) detail::add_tile<4, Packs, Width>(a, b, c, n.inner, i, j);
  for (; i + 2 <= n.rows; i += 2) detail::add_tile<2, Packs, Width>(a, b, c, n.inner, i, j);
  for (; i < n.rows; ++i) detail::add_tile<1, Packs, Width>(a, b, c, n.inner, i, j);
}

}  // namespace detail

/// `c += a b`. Nothing is added where any extent is 0, and no memory is asked for.
template <class Number>
void add_product(strided<Number> const& a, rows_of<Number const> const& b, rows_of<Number> const& c, extent const& n) {
  if (n.rows == 0 || n.inner == 0 || n.columns == 0) return;
  constexpr std::size_t width = bellman::register_width<Number>;
  std::size_t j = 0;
  for (; j + 2 * width <= n.columns; j += 2 * width) detail::add_columns<2, width>(a, b, c, n, j);
  in_pieces<Number>(
      n.columns, [&]<std::size_t Width>(std::size_t at) { detail::add_columns<1, Width>(a, b, c, n, at); }, j);
}

}  // namespace story_model
