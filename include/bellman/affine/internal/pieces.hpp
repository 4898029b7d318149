// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/order.hpp>

#include <cstddef>

namespace bellman::internal {

/// The first of n things that belongs to piece i of several of about one size.
constexpr std::size_t piece_begin(std::size_t i, std::size_t pieces, std::size_t n) {
  return n / pieces * i + n % pieces * i / pieces;
}

/// `for_each_piece(order, n, run, f)`: `f(first, last)` for n neighbours: all at once or, `in_parallel`, in pieces of
/// whole runs of `run`, and what is left of them.
template <class Order, class F>
constexpr void for_each_piece([[maybe_unused]] Order const& order, std::size_t n, [[maybe_unused]] std::size_t run,
                              F const& f) {
  if constexpr (is_in_parallel<Order>) {
    std::size_t const runs = n < run && n > 0 ? 1 : n / run;
    std::size_t const wanted = order.pieces == 0 ? 1 : order.pieces;
    std::size_t const pieces = wanted < runs ? wanted : runs;
    order.executor(pieces, [&](std::size_t i) {
      f(internal::piece_begin(i, pieces, runs) * run,
        i + 1 == pieces ? n : internal::piece_begin(i + 1, pieces, runs) * run);
    });
  } else {
    f(std::size_t{0}, n);
  }
}

}  // namespace bellman::internal
