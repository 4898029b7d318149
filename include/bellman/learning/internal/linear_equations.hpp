// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bellman::internal {

[[noreturn]] inline void equations_of_the_weights_must_be_independent(std::size_t weight) {
  internal::refuse("bellman: the equations do not determine weight " + std::to_string(weight) +
                   "; see more states, take out features that depend on others, or give a .regulariser above 0");
}

/// `solved(rows, b)`: the x of `rows x = b`, by elimination with the largest pivot of each column.
///
/// *Errors*: `invalid_value` where a pivot is 0, of numbers that round where it is lost in rounding.
/// *Cost*: O(n^3).
template <class V>
constexpr std::vector<V> solved(std::vector<std::vector<V>> rows, std::vector<V> b) {
  std::size_t const n = b.size();
  V largest = V(0);
  for (auto const& row : rows) {
    for (auto const& x : row) largest = maximum(largest, V(magnitude(x)));
  }
  V least = V(0);
  if constexpr (rounds<V>) {
    least = V(product(product(as_number<V>(n), largest), V(scalar_traits<V>::epsilon())));
  }
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t best = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (V(magnitude(rows[best][k])) < V(magnitude(rows[i][k]))) best = i;
    }
    if (!(least < V(magnitude(rows[best][k])))) internal::equations_of_the_weights_must_be_independent(k);
    std::swap(rows[k], rows[best]);
    std::swap(b[k], b[best]);
    for (std::size_t i = k + 1; i < n; ++i) {
      if (is_zero(rows[i][k])) continue;
      V const share = quotient(rows[i][k], rows[k][k]);
      for (std::size_t j = k; j < n; ++j) rows[i][j] = difference(rows[i][j], product(share, rows[k][j]));
      b[i] = difference(b[i], product(share, b[k]));
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] = difference(b[k], product(rows[k][j], b[j]));
    b[k] = quotient(b[k], rows[k][k]);
  }
  return b;
}

}  // namespace bellman::internal
