// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/reward.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/table_arrays.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <utility>
#include <vector>

namespace bellman::internal {

/// A reward of a type, which nobody asks for: what a table of other rewards is made of.
template <class R>
struct some_reward {
  constexpr R operator()(index_t, index_t) const { return scalar_traits<R>::zero(); }
};

/// A table whose slots have the rewards that are given, and its own states, slots and probabilities.
template <class R, class Table>
constexpr auto table_with_rewards(Table const& t, std::vector<R> rewards) {
  using with_others = rewarded_environment<Table, some_reward<R>>;
  table_arrays<with_others> a;
  for (index_t s = 0; s < t.size(); ++s) a.states.insert(s);
  a.first_slot.assign(t.first_slots().begin(), t.first_slots().end());
  for (index_t slot = 0; slot < t.slots(); ++slot) a.actions.push_back(slot);
  a.rewards = std::move(rewards);
  a.first_transition.assign(t.first_transitions().begin(), t.first_transitions().end());
  a.next.assign(t.next_states().begin(), t.next_states().end());
  a.probabilities.assign(t.probabilities().begin(), t.probabilities().end());
  return tabular_environment<with_others>(std::move(a));
}

}  // namespace bellman::internal
