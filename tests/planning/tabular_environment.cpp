// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/tabular_environment.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/tabulate.hpp>

#include <algorithm>
#include <array>
#include <ranges>

#include "models/frozen_lake.hpp"
#include "models/recycling_robot.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::rational;
using bellman::tabulate;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using models::battery;
using models::deed;

}  // namespace

TEST_CASE("a table is a finite environment whose states and actions are numbers") {
  using table = bellman::tabular_environment<models::recycling_robot<rational>>;
  STATIC_REQUIRE(bellman::finite_environment<table>);
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::recycling_robot<rational>{});
    return t.size() == 2 && t.slots() == 5 && t.transitions() == 7 && t.state(0) == battery::high &&
           t.state(1) == battery::low && t.action(0) == deed::search && t.action(4) == deed::recharge &&
           t.index(battery::low) == 1 && t.slot(1, deed::wait) == 3 && t.slot(0, deed::recharge) == bellman::no_index &&
           t.reward(0) == rational(2) && t.reward(2) == rational(-1, 2) && *t.actions(1).begin() == 2 &&
           std::ranges::ssize(t.actions(1)) == 3 && !t.terminal(0);
  }));
}

TEST_CASE("a table has the transitions of its environment, with the expected reward for each") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::recycling_robot<rational>{});
    rational total(0);
    for (auto const& e : t.transition(1, 2)) {
      if (e.value.reward != rational(-1, 2)) return false;
      total += e.probability * (e.value.next == 0 ? rational(10) : rational(1));
    }
    return total == rational(11, 2);
  }));
}

TEST_CASE("a state that the table does not have is refused by its name") {
  auto const t = tabulate(models::frozen_lake<double>{});
  CHECK(message_of([&] { t.index(16); }) == "bellman: the state 16 is not among the 16 states of the table");
  CHECK(!t.contains(-1));
}

TEST_CASE("the arrays of a table lie flat: slots by state, transitions by slot") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::recycling_robot<rational>{});
    auto const equal = [](auto const& range, auto const& expected) { return std::ranges::equal(range, expected); };
    return equal(t.first_slots(), std::array{0u, 2u, 5u}) &&
           equal(t.first_transitions(), std::array{0u, 2u, 3u, 5u, 6u, 7u}) &&
           equal(t.next_states(), std::array{0u, 1u, 0u, 1u, 0u, 1u, 0u}) && t.probabilities()[1] == rational(1, 4) &&
           t.rewards()[4] == rational(0) && equal(t.successors(2), std::array{1u, 0u});
  }));
  STATIC_REQUIRE(bellman::table<bellman::tabular_environment<models::recycling_robot<double>>>);
  STATIC_REQUIRE(!bellman::table<models::recycling_robot<double>>);
}
