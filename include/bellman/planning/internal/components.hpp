// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <vector>

namespace bellman::internal {

/// The strongly connected components of a table's states, each after all that it leads to: the order in which values
/// can be solved. In an acyclic environment each is one state, and the order is a reverse topological one.
struct state_components {
  internal::vector<index_t> states{};        // component after component, within each by rising number
  internal::vector<std::size_t> first{};     // where each begins, and one past the last
  internal::vector<index_t> component_of{};  // each state

  constexpr std::size_t size() const { return first.size() - 1; }
  constexpr std::size_t size(std::size_t c) const { return first[c + 1] - first[c]; }
};

/// `components(table, active)`: the components of the graph that the slots with `active(slot)` make.
/// O(states + transitions).
template <class Table, class Active>
constexpr state_components components(Table const& t, Active const& active) {
  index_t const n = t.size();
  state_components found{internal::vector<index_t>(n, no_index), internal::vector<std::size_t>(1, 0),
                         internal::vector<index_t>(n, no_index)};
  std::size_t assigned = 0;
  // Tarjan's algorithm with its own stack: a path of a million states must not be a million calls deep.
  struct frame {
    index_t state;
    index_t slot;        // where the walk over the state's slots and their outcomes stands
    std::size_t outcome;
  };
  internal::vector<index_t> number(n, no_index);
  internal::vector<index_t> lowest(n, no_index);
  internal::vector<index_t> open;
  std::vector<frame> calls;
  index_t next_number = 0;
  auto enter = [&](index_t s) {
    number[s] = lowest[s] = next_number++;
    open.push_back(s);
    calls.push_back({s, *t.actions(s).begin(), 0});
  };
  for (index_t root = 0; root < n; ++root) {
    if (number[root] != no_index) continue;
    enter(root);
    while (!calls.empty()) {
      frame& f = calls.back();
      index_t const s = f.state;
      index_t const last_slot = *t.actions(s).end();
      index_t child = no_index;
      for (; f.slot != last_slot; ++f.slot, f.outcome = 0) {
        if (!active(f.slot)) continue;
        auto const outcomes = t.successors(f.slot);
        for (; f.outcome != outcomes.size() && child == no_index; ++f.outcome) {
          index_t const to = outcomes[f.outcome];
          if (number[to] == no_index) {
            child = to;
          } else if (found.component_of[to] == no_index && number[to] < lowest[s]) {
            lowest[s] = number[to];
          }
        }
        if (child != no_index) break;
      }
      if (child != no_index) {
        enter(child);
        continue;
      }
      calls.pop_back();
      if (!calls.empty() && lowest[s] < lowest[calls.back().state]) lowest[calls.back().state] = lowest[s];
      if (lowest[s] != number[s]) continue;
      index_t const c = static_cast<index_t>(found.size());
      while (true) {
        index_t const member = open.back();
        open.pop_back();
        found.component_of[member] = c;
        ++assigned;
        if (member == s) break;
      }
      found.first.push_back(assigned);
    }
  }
  internal::vector<std::size_t> place = found.first;
  for (index_t s = 0; s < n; ++s) found.states[place[found.component_of[s]]++] = s;
  return found;
}

/// All states as one component.
template <class Table>
constexpr state_components as_one(Table const& t) {
  state_components all{{}, {0}, internal::vector<index_t>(t.size(), 0)};
  for (index_t s = 0; s < t.size(); ++s) {
    if (!t.terminal(s)) all.states.push_back(s);
  }
  if (!all.states.empty()) all.first.push_back(all.states.size());
  return all;
}

}  // namespace bellman::internal
