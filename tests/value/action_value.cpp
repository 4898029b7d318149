// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/action_value.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/dirac.hpp>

#include <limits>
#include <ranges>
#include <stdexcept>

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

}  // namespace

TEST_CASE("an action value is the expected reward and the discounted value after it") {
  CHECK(true_at_both_times([] {
    auto const q = bellman::action_value(robot{}, half, v);
    // 2 + 1/2 (3/4 * 4 - 1/4 * 2) and 1/2 * (2 - 1/2 * 2) + 1/2 * (-3 + 1/2 * 4)
    return q(battery::high, deed::search) == rational(13, 4) && q(battery::high, deed::wait) == rational(3) &&
           q(battery::low, deed::search) == rational(0) && q(battery::low, deed::wait) == rational(0) &&
           q(battery::low, deed::recharge) == rational(2);
  }));
}

TEST_CASE("the value of a terminal state counts as 0 and is not asked for") {
  struct one_step {
    using state_type = int;
    using action_type = int;
    using reward_type = double;
    constexpr auto actions(int) const { return std::views::iota(0, 2); }
    constexpr bool terminal(int s) const { return s != 0; }
    constexpr auto transition(int, int a) const { return bellman::dirac{bellman::outcome{a == 0 ? 1.0 : 2.0, 1}}; }
  };
  CHECK(true_at_both_times([] {
    auto const u = [](int s) { return s == 0 ? 7.0 : throw std::logic_error("the value of a terminal state"); };
    return bellman::action_value(one_step{}, 0.5, u)(0, 1) == 2.0;
  }));
}

TEST_CASE("a discount outside of 0 to 1 is refused") {
  models::two_state_cycle<double> const cycle{};
  for (double g : {-0.5, 1.5, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(bellman::action_value(cycle, g, [](int) { return 0.0; }), bellman::invalid_value);
  }
}
