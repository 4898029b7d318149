// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/internal/model_arrays.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <cstddef>
#include <optional>

namespace bellman::internal {

/// Whether a model has no choices: a file then leaves out which action it is, the number 0.
template <class R, class P>
bool is_chain_of_action_0(explicit_model<R, P> const& model) {
  for (index_t a : model.slot_actions()) {
    if (a != 0) return false;
  }
  return true;
}

/// Outcomes of a slot, from one to another, the last excluded, which follow each other in its row.
template <class R, class P>
struct outcomes_of_slot {
  model_row<R, P> row;
  std::size_t first;
  std::size_t last;

  P probability() const {
    P p = row.at(first).probability;
    for (std::size_t k = first + 1; k < last; ++k) p = sum(p, row.at(k).probability);
    return p;
  }

  /// Their expected reward; nothing where rewards differ and probabilities are intervals.
  std::optional<R> mean_reward() const {
    R const r = row.at(first).value.reward;
    bool all_equal = true;
    for (std::size_t k = first + 1; k < last; ++k) all_equal = all_equal && row.at(k).value.reward == r;
    if (all_equal) return r;
    if constexpr (has_bounds<P>) {
      return std::nullopt;
    } else {
      R total = weigh(row.at(first).probability, r);
      for (std::size_t k = first + 1; k < last; ++k) {
        total = sum(total, weigh(row.at(k).probability, row.at(k).value.reward));
      }
      return quotient(total, probability());
    }
  }
};

/// Calls `use(next, outcomes)` for each next state of a slot, or `use(s, a, next, outcomes)` for each of all: files
/// have one line for outcomes that differ by their rewards alone.
template <class R, class P, class Use>
void for_each_transition(explicit_model<R, P> const& model, index_t s, index_t a, Use const& use) {
  model_row<R, P> const row = model.transition(s, a);
  for (std::size_t k = 0; k < row.size();) {
    std::size_t const first = k;
    index_t const next = row.at(first).value.next;
    while (k < row.size() && row.at(k).value.next == next) ++k;
    use(next, outcomes_of_slot<R, P>{row, first, k});
  }
}
template <class R, class P, class Use>
void for_each_transition(explicit_model<R, P> const& model, Use const& use) {
  for (index_t s : model.states()) {
    for (index_t a : model.actions(s)) {
      internal::for_each_transition(model, s, a,
                                    [&](index_t next, auto const& outcomes) { use(s, a, next, outcomes); });
    }
  }
}

}  // namespace bellman::internal
