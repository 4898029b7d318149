// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/table_rows.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/internal/known_parts.hpp>

#include <cstddef>
#include <ranges>
#include <vector>

namespace bellman::internal {

/// States that can be gone round in for ever for nothing, found by structure alone: the maximal end components of the
/// slots that pay 0.
struct resting_states {
  internal::vector<char> rests;        // each slot: whether it pays nothing and stays in such a set
  internal::vector<index_t> block_of;  // each state: states of one set have one number
  internal::vector<index_t> first;     // of each block, the state with the lowest number
  internal::vector<char> endless;      // of each block, whether it is such a set
  internal::vector<index_t> owner;          // of each slot, the state
  internal::vector<index_t> first_leading;  // of each state, and one past the last
  internal::vector<index_t> leading;        // the slots that lead to it
};

/// Whether some slot pays nothing and leads to its own component alone, so that there may be such states.
template <class Table>
constexpr bool may_rest(Table const& t, state_components const& cs) {
  for (index_t s = 0; s < t.size(); ++s) {
    for (index_t const slot : t.actions(s)) {
      if (!is_zero(t.reward(slot))) continue;
      bool stays = true;
      for (index_t const next : t.successors(slot)) {
        stays = stays && !t.terminal(next) && cs.component_of[next] == cs.component_of[s];
      }
      if (stays) return true;
    }
  }
  return false;
}

template <class Table>
constexpr resting_states find_resting_states(Table const& t) {
  resting_states found;
  found.rests.assign(t.slots(), 0);
  for (index_t slot = 0; slot < t.slots(); ++slot) found.rests[slot] = is_zero(t.reward(slot)) ? 1 : 0;
  // What may leave its component of what is left is taken out, and with a state from which nothing is left what leads
  // to it, until nothing leaves.
  auto& first = found.first_leading;
  first.assign(t.size() + std::size_t{1}, 0);
  for (index_t const next : t.next_states()) ++first[next + std::size_t{1}];
  for (index_t s = 0; s < t.size(); ++s) first[s + std::size_t{1}] += first[s];
  internal::vector<index_t> filled(first.begin(), first.end());
  auto& leading = found.leading;
  leading.assign(t.transitions(), 0);
  auto& owner = found.owner;
  owner.assign(t.slots(), 0);
  internal::vector<index_t> left(t.size(), 0);  // of each state, how many of its slots
  for (index_t s = 0; s < t.size(); ++s) {
    for (index_t const slot : t.actions(s)) {
      owner[slot] = s;
      if (found.rests[slot] != 0) ++left[s];
      for (index_t const next : t.successors(slot)) leading[filled[next]++] = slot;
    }
  }
  internal::vector<index_t> queue;
  auto const take_out = [&](index_t slot) {
    if (found.rests[slot] == 0) return;
    found.rests[slot] = 0;
    if (--left[owner[slot]] == 0) queue.push_back(owner[slot]);
  };
  state_components cs;
  for (bool changed = true; changed;) {
    changed = false;
    cs = internal::components(t, [&](index_t slot) { return found.rests[slot] != 0; });
    for (index_t s = 0; s < t.size(); ++s) {
      for (index_t const slot : t.actions(s)) {
        if (found.rests[slot] == 0) continue;
        for (index_t const next : t.successors(slot)) {
          if (!t.terminal(next) && cs.component_of[next] == cs.component_of[s]) continue;
          take_out(slot);
          changed = true;
          break;
        }
      }
    }
    for (std::size_t k = 0; k < queue.size(); ++k) {
      for (index_t j = first[queue[k]]; j < first[queue[k] + std::size_t{1}]; ++j) take_out(leading[j]);
    }
    queue.clear();
  }
  internal::vector<char> rests(cs.size(), 0);
  for (index_t s = 0; s < t.size(); ++s) {
    for (index_t const slot : t.actions(s)) {
      if (found.rests[slot] != 0) rests[cs.component_of[s]] = 1;
    }
  }
  internal::vector<index_t> number(cs.size(), no_index);
  for (index_t s = 0; s < t.size(); ++s) {
    index_t const c = cs.component_of[s];
    if (rests[c] == 0 || number[c] == no_index) {
      if (rests[c] != 0) number[c] = static_cast<index_t>(found.first.size());
      found.block_of.push_back(static_cast<index_t>(found.first.size()));
      found.first.push_back(s);
      found.endless.push_back(rests[c]);
    } else {
      found.block_of.push_back(number[c]);
    }
  }
  return found;
}

/// The policy within a block that is left by the slot `out`: on, backwards and breadth first, to the state where it is
/// left. `slots`: of each state; in the block `no_index` so far.
template <class Slots>
constexpr void lead_out(resting_states const& rest, index_t out, Slots& slots) {
  internal::vector<index_t> queue{rest.owner[out]};
  slots[rest.owner[out]] = out;
  for (std::size_t k = 0; k < queue.size(); ++k) {
    for (index_t j = rest.first_leading[queue[k]]; j < rest.first_leading[queue[k] + std::size_t{1}]; ++j) {
      index_t const slot = rest.leading[j];
      if (rest.rests[slot] == 0 || slots[rest.owner[slot]] != no_index) continue;
      slots[rest.owner[slot]] = slot;
      queue.push_back(rest.owner[slot]);
    }
  }
}

/// A transition of a table, with states numbered by their blocks.
template <class R, class P>
struct block_transition_at {
  static constexpr bool no_weight_is_zero = true;

  transition_at<R, P> of_table;
  index_t const* block_of;
  R reward;
  index_t to = no_index;  // the block that it ends in, where it is no transition of the table
  P one{};

  constexpr weighted<outcome<R, index_t>, P> operator()(std::size_t k) const {
    if (to != no_index) return {{reward, to}, one};
    auto const e = of_table(k);
    return {{e.value.reward, block_of[e.value.next]}, e.probability};
  }
};

template <class R, class P>
class block_row : public row<block_transition_at<R, P>> {
 public:
  using row<block_transition_at<R, P>>::row;

  constexpr R const& mean_reward() const { return this->get_.reward; }
};
template <class R, class P>
inline constexpr bool knows_its_mean_reward<block_row<R, P>> = true;

/// A table in which the states of each block are one. Its actions are the table's slots, but those of rest, and, where
/// resting counts as an ending, `no_index` for it. Refers to memory of the caller's.
template <class Table>
class merged_states {
 public:
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = typename Table::reward_type;

  constexpr merged_states(Table const& t, resting_states const& r, bool resting_ends)
      : t_(&t), r_(&r), members_(r.first.size()), ends_(resting_ends) {
    for (index_t s = 0; s < t.size(); ++s) members_[r.block_of[s]].push_back(s);
  }

  constexpr auto states() const {
    return std::views::iota(index_t{0}, static_cast<index_t>(members_.size() + (ends_ ? 1 : 0)));
  }
  constexpr internal::vector<index_t> actions(index_t b) const {
    internal::vector<index_t> all;
    if (b == members_.size()) return all;
    for (index_t const s : members_[b]) {
      for (index_t const slot : t_->actions(s)) {
        if (r_->rests[slot] == 0) all.push_back(slot);
      }
    }
    if (ends_ && r_->endless[b] != 0) all.push_back(no_index);
    return all;
  }
  constexpr bool terminal(index_t b) const {
    if (b == members_.size()) return true;
    if (ends_ && r_->endless[b] != 0) return false;
    for (index_t const s : members_[b]) {
      for (index_t const slot : t_->actions(s)) {
        if (r_->rests[slot] == 0) return false;
      }
    }
    return true;
  }
  constexpr auto transition(index_t, index_t slot) const {
    using P = typename Table::probability_type;
    using at = block_transition_at<reward_type, P>;
    if (slot == no_index) {
      return block_row<reward_type, P>(
          at{{}, nullptr, scalar_traits<reward_type>::zero(), static_cast<index_t>(members_.size()), P(1)}, 0, 1);
    }
    return block_row<reward_type, P>(
        at{{t_->next_states().data(), t_->probabilities().data(), t_->rewards().data() + slot},
           r_->block_of.data(),
           t_->reward(slot)},
        t_->first_transitions()[slot], t_->first_transitions()[slot + 1]);
  }
  constexpr internal::vector<index_t> const& members(index_t b) const { return members_[b]; }

 private:
  Table const* t_;
  resting_states const* r_;
  std::vector<internal::vector<index_t>> members_;
  bool ends_;
};

}  // namespace bellman::internal
