// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "laws/laws.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace laws {

using bellman::test::true_at_both_times;

// Each law in a constant expression of its own, for clang allows it 2^20 steps, and at run time; the sample is what
// `Make{}()` returns.

template <class Make>
void check_laws_of_operators() {
  CHECK(true_at_both_times([] { return steps_are_a_monoid(Make{}()); }));
  CHECK(true_at_both_times([] { return expectations_of_expectations_are_total(Make{}()); }));
  CHECK(true_at_both_times([] { return an_operator_is_a_contraction(Make{}()); }));
  CHECK(true_at_both_times([] { return an_operator_is_monotone(Make{}()); }));
  CHECK(true_at_both_times([] { return a_constant_shifts_an_operator(Make{}()); }));
  CHECK(true_at_both_times([] { return no_policy_beats_the_maximum(Make{}()); }));
}

template <class Make>
void check_laws_of_values() {
  CHECK(true_at_both_times([] { return a_return_obeys_its_recursion(Make{}()); }));
  CHECK(true_at_both_times([] { return the_value_is_the_expected_return(Make{}()); }));
  CHECK(true_at_both_times([] { return the_value_is_a_fixed_point(Make{}()); }));
  CHECK(true_at_both_times([] { return the_mean_advantage_is_zero(Make{}()); }));
  CHECK(true_at_both_times([] { return a_greedy_policy_improves(Make{}()); }));
}

template <class Make>
void check_laws_of_optimality() {
  CHECK(true_at_both_times([] { return a_solution_is_optimal(Make{}()); }));
  CHECK(true_at_both_times([] { return the_optimal_value_is_above_that_of_a_policy(Make{}()); }));
  CHECK(true_at_both_times([] { return the_optimal_policy_attains_the_optimal_value(Make{}()); }));
  CHECK(true_at_both_times([] { return a_potential_leaves_advantages_unchanged(Make{}()); }));
}

template <class Make>
void check_laws() {
  check_laws_of_operators<Make>();
  check_laws_of_values<Make>();
  check_laws_of_optimality<Make>();
}

}  // namespace laws
