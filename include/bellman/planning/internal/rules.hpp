// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

/// The number of a state and its text, for a message.
template <class S>
std::string in_state(index_t i, S const& s) {
  return "in state " + internal::numbered(i, internal::describe(s));
}

template <class S, class A>
[[noreturn]] void an_action_must_be_one_of_its_state(index_t i, S const& s, A const& a) {
  internal::refuse("bellman: " + internal::in_state(i, s) + " there is no action " + internal::describe(a));
}

template <class S>
[[noreturn]] void a_state_must_be_in_the_table(S const& s, std::size_t n) {
  std::string const text = internal::describe(s);
  internal::refuse("bellman: the state " + text + (text.empty() ? "" : " ") + "is not among the " + std::to_string(n) +
                   " states of the table");
}

template <class S>
[[noreturn]] void a_terminal_state_has_no_action(index_t i, S const& s) {
  internal::refuse("bellman: state " + internal::numbered(i, internal::describe(s)) +
                   " is terminal, and a policy has no action there");
}

template <class S>
[[noreturn]] void no_policy_may_end(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " no policy ends, and with a discount of 1 its return has no value; the discount must be below "
                   "1, or every state must be able to reach a terminal one");
}
template <class S>
[[noreturn]] void the_policy_must_end(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " on, the policy never ends, and with a discount of 1 its return has no value; the discount "
                   "must be below 1, or every state must lead to a terminal one");
}
template <class S>
[[noreturn]] void what_never_ends_must_not_gain(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " a policy that never ends does better than any that ends: it gains for ever, and with a discount "
                   "of 1 its return has no value; the discount must be below 1, or going on must cost something");
}
template <class S>
[[noreturn]] void values_must_stay_in_the_range_of_the_numbers(index_t i, S const& s) {
  internal::refuse("bellman: in state " + internal::numbered(i, internal::describe(s)) +
                   " the value leaves the range of the numbers; the rewards must be smaller, or their type wider");
}
template <class S, class B>
[[noreturn]] void values_must_be_certified(index_t i, S const& s, B const& best) {
  std::string const so_far = internal::describe(best);
  internal::refuse(
      "bellman: in state " + internal::numbered(i, internal::describe(s)) + " no bound of the error can be certified" +
      (so_far.empty() ? std::string() : " (the last change was " + so_far + ")") +
      ": a loop neither gains nor loses but for rounding, which an exact scalar can decide, or the method's "
      "sweeps are too few");
}
[[noreturn]] inline void a_tolerance_must_not_be_negative(double tolerance) {
  internal::refuse("bellman: the tolerance is " + internal::describe(tolerance) + "; it must be at least 0");
}
[[noreturn]] inline void the_tolerance_must_be_within_reach(double tolerance, double reached) {
  internal::refuse("bellman: the tolerance is " + internal::describe(tolerance) +
                   ", relative to the largest value, and " + internal::describe(reached) +
                   " is what can be reached; it must be larger, or 0 for what can be");
}
template <class S>
[[noreturn]] void going_round_for_nothing_must_not_be_better_than_ending(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " a policy that never ends does better than any that ends: it goes round for nothing for ever, and "
                   "every way to end costs more; the discount must be below 1, or going on must cost something, or it "
                   "must be said that it is worth nothing (resting::worth_nothing)");
}

}  // namespace bellman::internal
