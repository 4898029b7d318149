// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <type_traits>

namespace bellman::internal {

/// An operator in normal form: for each slot of each state the affine map `v -> constant + sum of slope_i v(next_i)`,
/// as flat arrays of the language, of N states, M slots and T terms. A terminal state has no slots, and the value 0.
template <class F, std::size_t N, std::size_t M, std::size_t T>
struct affine_forms {
  using number = F;
  static constexpr std::size_t states = N;
  static constexpr std::size_t slots = M;
  static constexpr std::size_t terms = T;

  index_t first_slot[N + 1]{};
  F constant[M + 1]{};
  index_t first_term[M + 1]{};
  index_t next[T + 1]{};
  F slope[T + 1]{};

  constexpr affine_forms() {
    // g++ 12 takes numbers of a class type that are not assigned for others.
    if constexpr (!std::is_arithmetic_v<F>) {
      for (F& x : constant) x = F(0);
      for (F& x : slope) x = F(0);
    }
  }

  /// What the form of a slot is worth.
  template <class V>
  constexpr V value(index_t slot, V const* v) const {
    V q = constant[slot];
    for (index_t t = first_term[slot], last = first_term[slot + 1]; t < last; ++t) q = q + slope[t] * v[next[t]];
    return q;
  }

  /// By how much that is more than the state itself is worth, of values that are not far from each other without the
  /// rounding of their size; `lost` is 1 less the discount: the slopes of a slot add up to what is not lost.
  template <class V>
  constexpr V gain(index_t s, index_t slot, V const* v, V const& lost) const {
    V const here = v[s];
    V g = constant[slot] - lost * here;
    for (index_t t = first_term[slot], last = first_term[slot + 1]; t < last; ++t) g = g + slope[t] * (v[next[t]] - here);
    return g;
  }
};

}  // namespace bellman::internal
