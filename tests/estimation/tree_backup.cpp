// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/tree_backup.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>

#include "estimation/four_steps.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/rationals.hpp"

namespace {

using bellman::rational;
using bellman::terminated;
using bellman::test::four_steps::action_values;
using bellman::test::four_steps::rewards;
using bellman::test::four_steps::state_values;
using bellman::test::four_steps::whole;
using bellman::test::half;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("tree backup believes as much as the policy would have acted so") {
  CHECK(true_at_both_times([] {
    std::array const probabilities{rational(1, 3), rational(1), rational(0), half};
    // G_2 = -2 + (4 + 1/2 (3 - 6)) / 2; G_1 = -1/2; G_0 = 1 + (2 + (-1/2 - 1)) / 2
    return bellman::tree_backup(rewards, state_values, action_values, probabilities, terminated{}, whole) ==
           std::array{rational(5, 4), rational(-1, 2), rational(-3, 4), rational(3)};
  }));
}
