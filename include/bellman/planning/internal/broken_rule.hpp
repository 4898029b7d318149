// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/internal/table_builder.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>

namespace bellman::internal {

/// What keeps an environment from being solved at compile time.
enum class rule_at_compile_time {
  kept,
  a_discount_is_between_zero_and_one,
  states_are_listed_once,
  next_states_are_listed,
  a_state_has_an_action,
  weights_are_not_negative,
  weights_sum_to_one,
  rewards_are_finite,
  a_policy_may_end,
  the_policy_ends,
  what_never_ends_does_not_gain,
  going_round_is_not_better_than_ending,
  values_stay_in_the_range,
  values_are_certified,
  the_tolerance_is_not_negative,
  the_tolerance_is_within_reach,
};

/// A rule that was found to be broken, and where. It is kept as a constant and told where the user calls: from the
/// depth of a chain of constants a compiler tells of each link.
struct broken_rule {
  rule_at_compile_time rule = rule_at_compile_time::kept;
  index_t state = 0;
  std::size_t number = 0;  // of the action, or of another state
  double asked = 0;
  double found = 0;

  constexpr bool is_kept() const { return rule == rule_at_compile_time::kept; }
};

/// Refuses what breaks a rule, by its name: `Solved::broken`. The states are those of `Rows`.
template <class Solved, class Rows>
constexpr void tell() {
  using enum rule_at_compile_time;
  constexpr broken_rule broken = Solved::broken;
  constexpr rule_at_compile_time rule = broken.rule;
  constexpr index_t i = broken.state;
  if constexpr (rule == a_discount_is_between_zero_and_one) {
    Rows::discount_type::refuse();
  } else if constexpr (rule == states_are_listed_once) {
    internal::states_must_be_listed_once(i, broken.number);
  } else if constexpr (rule == next_states_are_listed) {
    internal::a_transition_must_lead_to_a_listed_state(i, Rows::state(i), broken.number);
  } else if constexpr (rule == a_state_has_an_action) {
    internal::a_state_must_have_an_action(i, Rows::state(i));
  } else if constexpr (rule == weights_are_not_negative) {
    internal::transition_weights_must_not_be_negative(i, Rows::state(i), broken.number, broken.found);
  } else if constexpr (rule == weights_sum_to_one) {
    internal::transition_weights_must_sum_to_one(i, Rows::state(i), broken.number, broken.found);
  } else if constexpr (rule == rewards_are_finite) {
    internal::rewards_must_be_finite_numbers(i, Rows::state(i), broken.number);
  } else if constexpr (rule == a_policy_may_end) {
    internal::no_policy_may_end(i, Rows::state(i));
  } else if constexpr (rule == the_policy_ends) {
    internal::the_policy_must_end(i, Rows::state(i));
  } else if constexpr (rule == what_never_ends_does_not_gain) {
    internal::what_never_ends_must_not_gain(i, Rows::state(i));
  } else if constexpr (rule == going_round_is_not_better_than_ending) {
    internal::going_round_for_nothing_must_not_be_better_than_ending(i, Rows::state(i));
  } else if constexpr (rule == values_stay_in_the_range) {
    internal::values_must_stay_in_the_range_of_the_numbers(i, Rows::state(i));
  } else if constexpr (rule == values_are_certified) {
    internal::values_must_be_certified(i, Rows::state(i), broken.found);
  } else if constexpr (rule == the_tolerance_is_not_negative) {
    internal::a_tolerance_must_not_be_negative(broken.asked);
  } else if constexpr (rule == the_tolerance_is_within_reach) {
    internal::the_tolerance_must_be_within_reach(broken.asked, broken.found);
  }
}

}  // namespace bellman::internal
