// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/affine_forms.hpp>
#include <bellman/planning/internal/broken_rule.hpp>
#include <bellman/planning/internal/order_of_states.hpp>
#include <bellman/planning/internal/resting_states.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <type_traits>

namespace bellman::internal {

/// Forms as a table, as far as its structure is asked for.
template <class Forms>
class table_of_forms {
 public:
  constexpr explicit table_of_forms(Forms const& f) : f_(f) {}

  constexpr index_t size() const { return static_cast<index_t>(Forms::states); }
  constexpr index_t slots() const { return static_cast<index_t>(Forms::slots); }
  constexpr std::size_t transitions() const { return Forms::terms; }
  constexpr bool terminal(index_t s) const { return f_.first_slot[s] == f_.first_slot[s + 1]; }
  constexpr auto actions(index_t s) const { return std::views::iota(f_.first_slot[s], f_.first_slot[s + 1]); }
  constexpr auto const& reward(index_t slot) const { return f_.constant[slot]; }
  constexpr std::span<index_t const> next_states() const { return {f_.next, Forms::terms}; }
  constexpr std::span<index_t const> successors(index_t slot) const {
    return {f_.next + f_.first_term[slot], f_.next + f_.first_term[slot + 1]};
  }

 private:
  Forms const& f_;
};

/// The forms of `Source`, in which all states that can be gone round in for ever for nothing are one, with what leads
/// out of them; where nothing does, it is an end.
template <class Source>
class merged_source {
  static constexpr auto const& from = Source::value;
  using from_type = std::remove_cvref_t<decltype(from)>;
  static constexpr std::size_t n = from_type::states;

 public:
  struct blocks {
    bool rests[from_type::slots + 1]{};
    index_t block_of[n]{};
    index_t first[n]{};
    bool endless[n]{};
    std::size_t size = 0;
    std::size_t slots = 0;
    std::size_t terms = 0;
  };

  static constexpr blocks find() {
    auto const rest = internal::find_resting_states(table_of_forms<from_type>(from));
    blocks b;
    b.size = rest.first.size();
    for (std::size_t s = 0; s < n; ++s) b.block_of[s] = rest.block_of[s];
    for (std::size_t i = 0; i < b.size; ++i) {
      b.first[i] = rest.first[i];
      b.endless[i] = rest.endless[i] != 0;
    }
    for (std::size_t k = 0; k < from_type::slots; ++k) {
      b.rests[k] = rest.rests[k] != 0;
      if (b.rests[k]) continue;
      ++b.slots;
      b.terms += from.first_term[k + 1] - from.first_term[k];
    }
    return b;
  }
  static constexpr blocks found = find();

  using type = affine_forms<typename from_type::number, found.size, found.slots, found.terms>;

  struct slots {
    index_t of[found.slots + 1]{};
  };

 private:
  struct both {
    type forms;
    slots from_slot;
  };
  static constexpr both merge() {
    both x;
    index_t m = 0;
    index_t t = 0;
    // States of a block are not next to each other: block by block, those that it begins with first.
    for (std::size_t b = 0; b < found.size; ++b) {
      x.forms.first_slot[b] = m;
      for (index_t s = found.first[b]; s < n; ++s) {
        if (found.block_of[s] != b) continue;
        for (index_t k = from.first_slot[s]; k < from.first_slot[s + 1]; ++k) {
          if (found.rests[k]) continue;
          x.forms.constant[m] = from.constant[k];
          x.from_slot.of[m] = k;
          for (index_t i = from.first_term[k]; i < from.first_term[k + 1]; ++i, ++t) {
            x.forms.next[t] = found.block_of[from.next[i]];
            x.forms.slope[t] = from.slope[i];
          }
          x.forms.first_term[++m] = t;
        }
        if (!found.endless[b]) break;
      }
    }
    x.forms.first_slot[found.size] = m;
    return x;
  }
  static constexpr both merged_ = merge();

 public:
  static constexpr type const& value = merged_.forms;
  /// Of each slot, which it was.
  static constexpr slots const& from_slot = merged_.from_slot;
};

/// Whether there are states in which one can stay for ever for nothing: whether any is left if each state is taken out
/// of which no slot pays nothing and leads to what is left alone.
template <class Source>
constexpr bool may_rest_in() {
  using forms = std::remove_cvref_t<decltype(Source::value)>;
  forms const& f = Source::value;
  leading_slots<forms> const leading(f);
  bool rests[forms::slots + 1]{};
  index_t left[forms::states]{};  // of the slots of each state
  index_t out[forms::states]{};
  std::size_t size = 0;
  for (index_t s = 0; s < forms::states; ++s) {
    for (index_t k = f.first_slot[s]; k < f.first_slot[s + 1]; ++k) {
      rests[k] = f.constant[k] == typename forms::number(0);
      if (rests[k]) ++left[s];
    }
    if (left[s] == 0) out[size++] = s;
  }
  for (std::size_t i = 0; i < size; ++i) {
    for (index_t j = leading.first[out[i]]; j < leading.first[out[i] + 1]; ++j) {
      index_t const k = leading.slot[j];
      if (!rests[k]) continue;
      rests[k] = false;
      if (--left[leading.owner[k]] == 0) out[size++] = leading.owner[k];
    }
  }
  return size < forms::states;
}

/// `Rows` over blocks: a block is named by its first state.
template <class Source, class Rows>
struct merged_rows {
  static constexpr bool chooses = Rows::chooses;
  static constexpr auto const& discount = Rows::discount;

  static constexpr auto const& state(index_t b) { return Rows::state(merged_source<Source>::found.first[b]); }
};

/// The solution of the merged forms, for each state of `Source`.
template <class Source, class Rows, class Solved, class Type>
struct unmerged {
  static constexpr auto const& forms = Source::value;
  using V = typename Solved::V;
  using type = Type;

  static constexpr type solve() {
    using merged = merged_source<Source>;
    constexpr auto const& b = merged::found;
    constexpr auto const& y = Solved::value;
    type x;
    x.broken = y.broken;
    x.broken.state = b.first[y.broken.state];
    if (!x.broken.is_kept()) return x;
    x.error_bound = y.error_bound;
    x.stopped = y.stopped;
    x.sweeps = y.sweeps;
    for (std::size_t s = 0; s < forms.states; ++s) {
      index_t const i = b.block_of[s];
      x.value[s] = y.value[i];
      x.below[s] = y.below[i];
      x.above[s] = y.above[i];
      x.slot[s] = no_index;
    }
    for (std::size_t k = 0; k < forms.slots; ++k) x.may_be_optimal[k] = b.rests[k];
    for (std::size_t k = 0; k < b.slots; ++k) x.may_be_optimal[merged::from_slot.of[k]] = y.may_be_optimal[k];
    auto const rest = internal::find_resting_states(table_of_forms<std::remove_cvref_t<decltype(forms)>>(forms));
    for (index_t i = 0; i < b.size; ++i) {
      index_t const s = b.first[i];
      bool const is_left = Solved::forms.first_slot[i] != Solved::forms.first_slot[i + 1];
      if (is_left && b.endless[i]) {
        if (y.value[i] + y.above[i] < V(0)) {
          x.broken.rule = rule_at_compile_time::going_round_is_not_better_than_ending;
          x.broken.state = s;
          return x;
        }
        internal::lead_out(rest, merged::from_slot.of[y.slot[i]], x.slot);
      } else if (is_left) {
        x.slot[s] = merged::from_slot.of[y.slot[i]];
      }
    }
    // In a block that is never left any action that stays does.
    for (index_t s = 0; s < forms.states; ++s) {
      for (index_t k = forms.first_slot[s]; x.slot[s] == no_index && k < forms.first_slot[s + 1]; ++k) {
        if (b.rests[k]) x.slot[s] = k;
      }
    }
    return x;
  }
  static constexpr type value = solve();
};

}  // namespace bellman::internal
