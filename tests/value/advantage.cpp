// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/advantage.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/value/action_value.hpp>

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

TEST_CASE("an advantage is an action value less the state's value") {
  CHECK(true_at_both_times([] {
    auto const a = bellman::advantage(bellman::action_value(robot{}, half, v), v);
    return a(battery::high, deed::search) == rational(-3, 4) && a(battery::low, deed::recharge) == rational(4);
  }));
}
