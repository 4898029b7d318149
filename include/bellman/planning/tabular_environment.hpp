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
/// share the arrays: constant time. Members that ask for numbers alone are those of `internal::table_of_numbers`.
///
/// `OfOutcomes`: what `tabulate_outcomes` returns, for operators that ask for more than the mean: each outcome is kept
/// with its reward.
template <environment E, bool OfOutcomes = false>
class tabular_environment
    : public internal::table_of_numbers<typename internal::table_arrays<E, OfOutcomes>::reward,
                                        typename internal::table_arrays<E, OfOutcomes>::probability, OfOutcomes> {
  using arrays = internal::table_arrays<E, OfOutcomes>;
  using numbers_type = internal::table_of_numbers<typename arrays::reward, typename arrays::probability, OfOutcomes>;

 public:
  constexpr explicit tabular_environment(arrays a)
      : tabular_environment(internal::shared<arrays>::make(std::move(a))) {}

  /// The table without its states and actions.
  constexpr numbers_type const& numbers() const& { return *this; }
  void numbers() const&& = delete;

  /// The state with a number, and the action of a slot, as they were written down.
  constexpr state_t<E> state(index_t i) const { return arrays_->states[i]; }
  constexpr action_t<E> action(index_t slot) const { return arrays_->actions[slot]; }
  /// The number of a state; throws `invalid_value` if the table does not have it.
  constexpr index_t index(state_t<E> const& s) const {
    index_t const i = arrays_->states.find(s);
    if (i == no_index) internal::a_state_must_be_in_the_table(s, this->size());
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
  constexpr explicit tabular_environment(internal::shared<arrays> a) : numbers_type(*a), arrays_(std::move(a)) {}

  internal::shared<arrays> arrays_;
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
template <class R, class P, bool OfOutcomes>
inline constexpr bool is_table_v<internal::table_of_numbers<R, P, OfOutcomes>> = true;

/// A table: what `tabulate` returns for some environment.
template <class T>
concept table = is_table_v<T>;

}  // namespace bellman
