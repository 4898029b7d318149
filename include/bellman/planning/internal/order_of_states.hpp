// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/state_index.hpp>

#include <cstddef>

namespace bellman::internal {

/// The order in which sweeps go over N states, and of each state a slot that may lead a step closer to an end.
template <std::size_t N>
struct order_of_states {
  index_t state[N]{};
  index_t slot[N]{};       // of each state
  index_t position[N]{};   // of each state in this order
  std::size_t ending = 0;  // how many of the first in the order can come to an end
  std::size_t width = 0;   // how far a state is, at most, from one that it leads to
};

/// Which slots lead to each state, and whose each slot is.
template <class Forms>
struct leading_slots {
  index_t first[Forms::states + 1]{};  // of those that lead to each state, and one past the last
  index_t slot[Forms::terms + 1]{};
  index_t owner[Forms::slots + 1]{};

  constexpr explicit leading_slots(Forms const& f) {
    index_t filled[Forms::states]{};
    for (std::size_t t = 0; t < Forms::terms; ++t) ++first[f.next[t] + 1];
    for (std::size_t s = 0; s < Forms::states; ++s) first[s + 1] += first[s];
    for (index_t s = 0; s < Forms::states; ++s) {
      for (index_t k = f.first_slot[s]; k < f.first_slot[s + 1]; ++k) {
        owner[k] = s;
        for (index_t t = f.first_term[k]; t < f.first_term[k + 1]; ++t) {
          index_t const to = f.next[t];
          slot[first[to] + filled[to]++] = k;
        }
      }
    }
  }
};

/// The states nearest to an end first, so that one sweep carries what an end pays as far as it goes; those that can't
/// come to one last, backwards as they are listed.
template <class Forms>
constexpr order_of_states<Forms::states> nearest_end_first(Forms const& f) {
  constexpr std::size_t n = Forms::states;
  order_of_states<n> order;
  leading_slots<Forms> const leading(f);
  bool found[n]{};
  std::size_t size = 0;
  for (index_t s = static_cast<index_t>(n); s-- > 0;) {
    order.slot[s] = f.first_slot[s];
    if (f.first_slot[s] != f.first_slot[s + 1]) continue;
    found[s] = true;
    order.state[size++] = s;
  }
  for (std::size_t i = 0; i < size; ++i) {
    index_t const to = order.state[i];
    for (index_t j = leading.first[to]; j < leading.first[to + 1]; ++j) {
      index_t const s = leading.owner[leading.slot[j]];
      if (found[s]) continue;
      found[s] = true;
      order.slot[s] = leading.slot[j];
      order.state[size++] = s;
    }
  }
  order.ending = size;
  for (index_t s = static_cast<index_t>(n); s-- > 0;) {
    if (!found[s]) order.state[size++] = s;
  }
  for (std::size_t i = 0; i < n; ++i) order.position[order.state[i]] = static_cast<index_t>(i);
  for (index_t s = 0; s < n; ++s) {
    index_t const here = order.position[s];
    for (index_t t = f.first_term[f.first_slot[s]]; t < f.first_term[f.first_slot[s + 1]]; ++t) {
      index_t const to = f.next[t];
      if (f.first_slot[to] == f.first_slot[to + 1]) continue;
      index_t const there = order.position[to];
      std::size_t const width = there < here ? here - there : there - here;
      if (order.width < width) order.width = width;
    }
  }
  return order;
}

/// A state from which a policy never comes to an end; `no_index` if there is none.
template <class Forms>
constexpr index_t never_ends(Forms const& f, index_t const* slot) {
  constexpr std::size_t n = Forms::states;
  index_t first[n + 1]{};  // of the states that lead to each
  index_t leading[Forms::terms + 1]{};
  index_t filled[n]{};
  bool ends[n]{};
  index_t queue[n]{};
  std::size_t size = 0;
  for (index_t s = 0; s < n; ++s) {
    if (f.first_slot[s] == f.first_slot[s + 1]) {
      ends[s] = true;
      queue[size++] = s;
    } else {
      for (index_t t = f.first_term[slot[s]]; t < f.first_term[slot[s] + 1]; ++t) ++first[f.next[t] + 1];
    }
  }
  for (std::size_t s = 0; s < n; ++s) first[s + 1] += first[s];
  for (index_t s = 0; s < n; ++s) {
    if (ends[s]) continue;
    for (index_t t = f.first_term[slot[s]]; t < f.first_term[slot[s] + 1]; ++t) {
      index_t const to = f.next[t];
      leading[first[to] + filled[to]++] = s;
    }
  }
  for (std::size_t i = 0; i < size; ++i) {
    for (index_t j = first[queue[i]]; j < first[queue[i] + 1]; ++j) {
      index_t const s = leading[j];
      if (ends[s]) continue;
      ends[s] = true;
      queue[size++] = s;
    }
  }
  for (index_t s = 0; s < n; ++s) {
    if (!ends[s]) return s;
  }
  return no_index;
}

}  // namespace bellman::internal
