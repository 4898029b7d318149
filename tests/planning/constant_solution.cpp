// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/constant_solution.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/planning/evaluate_at_compile_time.hpp>
#include <bellman/planning/solve_at_compile_time.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <type_traits>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace constant_solution_tests {

using bellman::outcome;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

// A corridor of three rooms with a way out to the right that pays 8, and a door in the middle that pays 4 at once.
struct corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  static constexpr std::array<int, 3> ways{-1, 1, 9};
  constexpr auto states() const { return std::views::iota(0, 4); }
  constexpr auto actions(int s) const { return ways | std::views::take(s == 1 ? 3 : 2); }
  constexpr bool terminal(int s) const { return s == 3; }
  constexpr auto transition(int s, int a) const {
    int const next = a == 9 ? 3 : s + a < 0 ? 0 : s + a;
    return bellman::dirac{outcome{a == 9 ? 4.0 : next == 3 ? 8.0 : 0.0, next}};
  }
};
// 2, 4, 8, 0, the door as good as the way out.
constexpr auto solution = bellman::solve_at_compile_time<corridor{}, 0.5>();

TEST_CASE("constant_value: a state value with bounds, of the states that are listed") {
  CHECK(true_at_both_times([] {
    auto const v = solution.value;
    return v(0) == 2 && v(1) == 4 && v(2) == 8 && v(3) == 0 && v.lower(1) <= 4 && 4 <= v.upper(1) && v.lower(1) < 4 &&
           v.upper(1) - v.lower(1) <= 3 * v.error_bound() && v.lower(3) == 0 && v.upper(3) == 0;
  }));
  STATIC_REQUIRE(solution.value.values().size() == 4);
  STATIC_REQUIRE(solution.value.values()[2] == 8);
  STATIC_REQUIRE(std::same_as<decltype(solution.value)::value_type, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(solution.value), char const*>);
  CHECK(message_of([] { return solution.value(4); }) == "bellman: the state 4 is not among the 4 states of the table");
  CHECK(message_of([] { return solution.value.lower(-1); }) ==
        "bellman: the state -1 is not among the 4 states of the table");
  CHECK(message_of([] { return solution.value.upper(17); }) ==
        "bellman: the state 17 is not among the 4 states of the table");
}

TEST_CASE("constant_policy: the action that is taken, and all that are as good") {
  CHECK(true_at_both_times([] {
    auto const pi = solution.policy;
    return pi(0) == 1 && pi.action(2) == 1 && pi.optimal_actions(0).size() == 1 && pi.optimal_actions(1).size() == 2 &&
           pi.optimal_actions(1)[0] == 1 && pi.optimal_actions(1)[1] == 9 && pi.optimal_actions(3).empty();
  }));
  CHECK(message_of([] { return solution.policy(3); }) ==
        "bellman: state 3 (3) is terminal, and a policy has no action there");
  CHECK(message_of([] { return solution.policy.optimal_actions(5)[0]; }) ==
        "bellman: the state 5 is not among the 4 states of the table");
  STATIC_REQUIRE(bellman::deterministic_policy_for<std::remove_const_t<decltype(solution.policy)>, corridor>);
  // A policy like any other, at run time and for the compiler.
  auto const v = bellman::state_value(corridor{}, solution.policy, 0.5);
  constexpr auto w = bellman::evaluate_at_compile_time<corridor{}, solution.policy, 0.5>();
  for (int s = 0; s < 4; ++s) {
    CHECK(v.lower(s) <= solution.value.upper(s));
    CHECK(solution.value.lower(s) <= v.upper(s));
    CHECK(w(s) == solution.value(s));
  }
}

template <class T>
concept can_be_tabulated_in = requires { solution.policy_table<T>(); };

TEST_CASE("constant_policy: as a table of the places of the actions") {
  constexpr auto const& table = solution.policy_table<std::uint8_t>();
  STATIC_REQUIRE(std::same_as<decltype(table), std::array<std::uint8_t, 4> const&>);
  STATIC_REQUIRE(table[0] == 1);
  STATIC_REQUIRE(table[2] == 1);
  STATIC_REQUIRE(table[3] == 255);
  STATIC_REQUIRE(&table == &solution.policy.table<std::uint8_t>());
  STATIC_REQUIRE(can_be_tabulated_in<std::size_t>);
  STATIC_REQUIRE_FALSE(can_be_tabulated_in<int>);
  STATIC_REQUIRE_FALSE(can_be_tabulated_in<bool>);
  STATIC_REQUIRE_FALSE(can_be_tabulated_in<double>);
  STATIC_REQUIRE_FALSE(can_be_tabulated_in<corridor>);
}

TEST_CASE("constant_solution: what an action is worth") {
  CHECK(true_at_both_times([] {
    return solution.action_value(0, -1) == 1 && solution.action_value(1, 9) == 4 && solution.action_value(1, -1) == 1 &&
           solution.action_value(2, 1) == 8;
  }));
  CHECK(message_of([] { return solution.action_value(0, 9); }) == "bellman: in state 0 (0) there is no action 9");
  CHECK(message_of([] { return solution.action_value(3, 1); }) == "bellman: in state 3 (3) there is no action 1");
  auto const [value, policy] = solution;
  CHECK(value(0) == 2);
  CHECK(policy(0) == 1);
}

}  // namespace constant_solution_tests
