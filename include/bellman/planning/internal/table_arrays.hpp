// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/table_of_numbers.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman::internal {

/// What a table of the environment `E` is made of: with the mean reward of each slot, or with the reward of each outcome.
template <class E, bool OfOutcomes = false>
struct table_arrays final : state_names {
  using written_reward = number_t<reward_t<E>>;
  using probability = scalar_of_weight_t<probability_t<transition_t<E>>, scalar_t<written_reward>>;
  using reward = std::conditional_t<
      OfOutcomes, written_reward,
      std::remove_cvref_t<decltype(product(std::declval<probability>(), std::declval<written_reward>()))>>;

  state_index<state_t<E>> states;
  internal::vector<index_t> first_slot;   // of each state, and one past the last
  std::vector<action_t<E>> actions;       // of each slot
  std::vector<reward> rewards;            // of each slot: E[R | s, a]; or of each transition
  internal::vector<index_t> first_transition;  // of each slot, and one past the last
  internal::vector<index_t> next;              // of each transition
  std::vector<probability> probabilities;

  std::string name_of(index_t i) const override { return internal::describe(states[i]); }
};

}  // namespace bellman::internal
