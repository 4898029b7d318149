// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/greedy_policy.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/dirac.hpp>

#include <limits>
#include <ranges>

#include "models/frozen_lake.hpp"
#include "models/recycling_robot.hpp"
#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "value/robot.hpp"

namespace {

using bellman::rational;
using bellman::test::half;
using bellman::test::robot;
using bellman::test::true_at_both_times;
using bellman::test::v;
using models::battery;
using models::deed;

struct without_actions {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto actions(int) const { return std::views::iota(0, 0); }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int) const { return bellman::dirac{bellman::outcome{1.0, s}}; }
};

}  // namespace

TEST_CASE("a greedy policy takes the first of the best actions") {
  CHECK(true_at_both_times([] {
    auto const pi = bellman::greedy_policy(robot{}, half, v);
    auto const nothing = [](battery) { return rational(0); };
    // With a discount of 0 waiting and searching pay 1 and -1/2 when low.
    auto const short_sighted = bellman::greedy_policy(robot{}, rational(0), nothing);
    return pi(battery::high) == deed::search && pi(battery::low) == deed::recharge &&
           short_sighted(battery::low) == deed::wait;
  }));
  CHECK(true_at_both_times([] {
    models::frozen_lake<double> const lake{};
    return bellman::greedy_policy(lake, 0.5, [](int) { return 0.0; })(0) == 0;
  }));
}

TEST_CASE("a state without actions, and a discount outside of 0 to 1, are refused") {
  auto const zero = [](int) { return 0.0; };
  CHECK_THROWS_AS(bellman::greedy_policy(without_actions{}, 0.5, zero)(0), bellman::invalid_value);
  for (double g : {-0.5, 1.5, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(bellman::greedy_policy(models::two_state_cycle<double>{}, g, zero), bellman::invalid_value);
  }
}
