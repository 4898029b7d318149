// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_policy.hpp>

#include <utility>
#include <vector>

namespace bellman::internal {

/// The policy of a table that takes each slot with a probability.
template <class P, class Table>
constexpr tabular_policy<P> policy_of_probabilities(Table const& t, std::vector<P> p) {
  return tabular_policy<P>(internal::vector<index_t>(t.first_slots().begin(), t.first_slots().end()), std::move(p));
}

/// The policy of a table that takes one slot in each state; `no_index` where it is terminal.
template <class P, class Table>
constexpr tabular_policy<P> policy_of_slots(Table const& t, internal::vector<index_t> const& slots) {
  std::vector<P> p(t.slots(), P(0));
  for (index_t const slot : slots) {
    if (slot != no_index) p[slot] = P(1);
  }
  return internal::policy_of_probabilities(t, std::move(p));
}

}  // namespace bellman::internal
