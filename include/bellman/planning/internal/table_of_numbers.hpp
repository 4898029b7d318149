// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/table_rows.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/distribution.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <string>

namespace bellman::internal {

/// What the states of a table are called in a message.
class state_names {
 public:
  virtual std::string name_of(index_t i) const = 0;

 protected:
  constexpr ~state_names() = default;
};

/// The name of a state, of which the text is made when it is asked for.
struct state_name {
  state_names const* of;
  index_t number;

  std::string str() const { return of->name_of(number); }
};

/// A table without its states and actions, of which it knows the numbers alone: whatever environment it is of, its type
/// is the same, so that what solves it is compiled once for all environments of the same numbers. Refers to the arrays.
template <class Reward, class Probability, bool OfOutcomes>
class table_of_numbers {
 public:
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = Reward;
  using probability_type = Probability;

  template <class Arrays>
  constexpr explicit table_of_numbers(Arrays const& a)
      : first_slot_(a.first_slot.data()),
        rewards_(a.rewards.data()),
        first_transition_(a.first_transition.data()),
        next_(a.next.data()),
        probabilities_(a.probabilities.data()),
        size_(a.states.size()),
        slots_(a.actions.size()),
        transitions_(a.next.size()),
        names_(&a) {}

  constexpr auto states() const { return std::views::iota(index_t{0}, size()); }
  constexpr auto actions(index_t s) const {
    index_t const* const bounds = first_slot_ + s;
    return std::views::iota(bounds[0], bounds[1]);
  }
  constexpr bool terminal(index_t s) const { return actions(s).empty(); }
  constexpr auto transition(index_t, index_t slot) const& {
    index_t const* const bounds = first_transition_ + slot;
    if constexpr (OfOutcomes) {
      return outcome_row<Reward, Probability>({next_, probabilities_, rewards_}, bounds[0], bounds[1]);
    } else {
      return transition_row<Reward, Probability>({next_, probabilities_, rewards_ + slot}, bounds[0], bounds[1]);
    }
  }
  void transition(index_t, index_t) const&& = delete;  // a row lies in the table

  /// The number of states.
  constexpr index_t size() const { return size_; }
  /// The number of slots: pairs of a state and one of its actions.
  constexpr std::size_t slots() const { return slots_; }
  /// The number of transitions of probability above zero.
  constexpr std::size_t transitions() const { return transitions_; }

  /// The expected reward of a slot.
  constexpr auto reward(index_t slot) const {
    if constexpr (OfOutcomes) {
      return expectation(transition(index_t{}, slot), [](auto const& o) { return o.reward; });
    } else {
      return Reward(rewards_[slot]);
    }
  }

  /// The flat arrays. State `i` has the slots `first_slots()[i]` to `first_slots()[i + 1]`, slot `k` the transitions
  /// `first_transitions()[k]` to `first_transitions()[k + 1]`, the last excluded.
  constexpr std::span<index_t const> first_slots() const&& = delete;
  constexpr std::span<index_t const> first_slots() const& { return {first_slot_, size_ + std::size_t{1}}; }
  constexpr std::span<index_t const> first_transitions() const&& = delete;
  constexpr std::span<index_t const> first_transitions() const& { return {first_transition_, slots_ + 1}; }
  constexpr std::span<Reward const> rewards() const&& = delete;
  constexpr std::span<Reward const> rewards() const& { return {rewards_, OfOutcomes ? transitions_ : slots_}; }
  constexpr std::span<index_t const> next_states() const&& = delete;
  constexpr std::span<index_t const> next_states() const& { return {next_, transitions_}; }
  constexpr std::span<Probability const> probabilities() const&& = delete;
  constexpr std::span<Probability const> probabilities() const& { return {probabilities_, transitions_}; }

  /// The next states of a slot.
  constexpr std::span<index_t const> successors(index_t slot) const&& = delete;
  constexpr std::span<index_t const> successors(index_t slot) const& {
    index_t const* const bounds = first_transition_ + slot;
    return {next_ + bounds[0], std::size_t{bounds[1] - bounds[0]}};
  }

  /// What messages call a state.
  constexpr state_name state(index_t i) const { return {names_, i}; }

 private:
  // Where the arrays of a sweep begin, so that a loop over a copy of the table keeps them in registers.
  index_t const* first_slot_;
  Reward const* rewards_;
  index_t const* first_transition_;
  index_t const* next_;
  Probability const* probabilities_;
  index_t size_;
  std::size_t slots_;
  std::size_t transitions_;
  state_names const* names_;
};

}  // namespace bellman::internal
