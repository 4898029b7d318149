// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/one_step.hpp>
#include <bellman/affine/sequences_at_once.hpp>
#include <bellman/layout/steps_of_sequences.hpp>

#include <cstddef>

namespace bellman::internal {

/// `for_each_place<V>(n, f)`: `f(here, t)` at each of n steps, or `f(here, t, i)` at those of several sequences, the
/// last first, until f says that it is enough for its sequence.
template <class V, class F>
constexpr void for_each_place(std::size_t n, F const& f) {
  for (std::size_t t = n; t-- > 0;) {
    if (f(one_step<V>(t), t)) return;
  }
}
template <class V, class F>
constexpr void for_each_place(steps_of_sequences const& n, F const& f) {
  for (std::size_t i = 0; i < n.sequences; ++i) {
    for (std::size_t t = n.steps; t-- > 0;) {
      if (f(sequences_at_once<V, 1>(t, i), t, i)) break;
    }
  }
}

}  // namespace bellman::internal
