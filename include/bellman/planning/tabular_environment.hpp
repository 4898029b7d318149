// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/internal/table_arrays.hpp>
#include <bellman/planning/internal/table_rows.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/distribution.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <utility>

namespace bellman {

/// A finite environment as flat arrays: what `tabulate` returns.
///
/// It is an environment too: its states are the numbers 0, 1, ..., n - 1 of the states, its actions are *slots*, the
/// numbers of all pairs of a state and one of its actions. `E` is the environment that was written down.
///
/// Rewards are folded into their expectation for each slot, so every expected value is kept and the distribution of the
/// reward is not. Outcomes of probability zero are left out; outcomes with the same next state are added up. Copies
/// share the arrays: constant time.
///
/// `OfOutcomes`: what `tabulate_outcomes` returns, for operators that ask for more than the mean: each outcome is kept
/// with its reward.
template <environment E, bool OfOutcomes = false>
class tabular_environment {
  using arrays = internal::table_arrays<E, OfOutcomes>;

 public:
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = typename arrays::reward;
  using probability_type = typename arrays::probability;

  constexpr explicit tabular_environment(arrays a)
      : arrays_(internal::shared<arrays>::make(std::move(a))), at_(*arrays_) {}

  constexpr auto states() const { return std::views::iota(index_t{0}, size()); }
  constexpr auto actions(index_t s) const {
    index_t const* const bounds = at_.first_slot + s;
    return std::views::iota(bounds[0], bounds[1]);
  }
  constexpr bool terminal(index_t s) const { return actions(s).empty(); }
  constexpr auto transition(index_t, index_t slot) const& {
    index_t const* const bounds = at_.first_transition + slot;
    if constexpr (OfOutcomes) {
      return internal::outcome_row<reward_type, probability_type>({at_.next, at_.probabilities, at_.rewards}, bounds[0],
                                                                  bounds[1]);
    } else {
      return internal::transition_row<reward_type, probability_type>({at_.next, at_.probabilities, at_.rewards + slot},
                                                                     bounds[0], bounds[1]);
    }
  }
  void transition(index_t, index_t) const&& = delete;  // a row lies in the table

  /// The number of states.
  constexpr index_t size() const { return arrays_->states.size(); }
  /// The number of slots: pairs of a state and one of its actions.
  constexpr std::size_t slots() const { return arrays_->actions.size(); }
  /// The number of transitions of probability above zero.
  constexpr std::size_t transitions() const { return arrays_->next.size(); }

  /// The state with a number, and the action of a slot, as they were written down.
  constexpr state_t<E> state(index_t i) const { return arrays_->states[i]; }
  constexpr action_t<E> action(index_t slot) const { return arrays_->actions[slot]; }
  /// The expected reward of a slot.
  constexpr auto reward(index_t slot) const {
    if constexpr (OfOutcomes) {
      return expectation(transition(index_t{}, slot), [](auto const& o) { return o.reward; });
    } else {
      return reward_type(arrays_->rewards[slot]);
    }
  }

  /// The flat arrays. State `i` has the slots `first_slots()[i]` to `first_slots()[i + 1]`, slot `k` the transitions
  /// `first_transitions()[k]` to `first_transitions()[k + 1]`, the last excluded.
  constexpr std::span<index_t const> first_slots() const&& = delete;
  constexpr std::span<index_t const> first_slots() const& { return arrays_->first_slot; }
  constexpr std::span<index_t const> first_transitions() const&& = delete;
  constexpr std::span<index_t const> first_transitions() const& { return arrays_->first_transition; }
  constexpr std::span<reward_type const> rewards() const&& = delete;
  constexpr std::span<reward_type const> rewards() const& { return arrays_->rewards; }
  constexpr std::span<index_t const> next_states() const&& = delete;
  constexpr std::span<index_t const> next_states() const& { return arrays_->next; }
  constexpr std::span<probability_type const> probabilities() const&& = delete;
  constexpr std::span<probability_type const> probabilities() const& { return arrays_->probabilities; }

  /// The next states of a slot.
  constexpr std::span<index_t const> successors(index_t slot) const&& = delete;
  constexpr std::span<index_t const> successors(index_t slot) const& {
    auto const& a = *arrays_;
    return std::span(a.next).subspan(a.first_transition[slot], a.first_transition[slot + 1] - a.first_transition[slot]);
  }

  /// The number of a state; throws `invalid_value` if the table does not have it.
  constexpr index_t index(state_t<E> const& s) const {
    index_t const i = arrays_->states.find(s);
    if (i == no_index) internal::a_state_must_be_in_the_table(s, size());
    return i;
  }
  /// Whether the table has a state.
  constexpr bool contains(state_t<E> const& s) const { return arrays_->states.find(s) != no_index; }

  /// The slot of an action in a state, or `no_index`. Linear in the number of the state's actions.
  constexpr index_t slot(index_t s, action_t<E> const& a) const {
    for (index_t k = arrays_->first_slot[s]; k < arrays_->first_slot[s + 1]; ++k) {
      if (arrays_->actions[k] == a) return k;
    }
    return no_index;
  }

 private:
  // Where the arrays of a sweep begin, so that a loop over a copy of the table keeps them in registers.
  struct beginnings {
    constexpr explicit beginnings(arrays const& a)
        : first_slot(a.first_slot.data()),
          rewards(a.rewards.data()),
          first_transition(a.first_transition.data()),
          next(a.next.data()),
          probabilities(a.probabilities.data()) {}

    index_t const* first_slot;
    reward_type const* rewards;
    index_t const* first_transition;
    index_t const* next;
    probability_type const* probabilities;
  };

  internal::shared<arrays> arrays_;
  beginnings at_;
};

namespace internal {

template <class E, bool OfOutcomes>
inline constexpr bool copies_in_constant_time<tabular_environment<E, OfOutcomes>> = true;

}  // namespace internal

/// `is_table_v<T>`: whether T is a `tabular_environment`.
template <class T>
inline constexpr bool is_table_v = false;
template <class E, bool OfOutcomes>
inline constexpr bool is_table_v<tabular_environment<E, OfOutcomes>> = true;

/// A table: what `tabulate` returns for some environment.
template <class T>
concept table = is_table_v<T>;

}  // namespace bellman
