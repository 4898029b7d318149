// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/retrace.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>

#include "estimation/four_steps.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::terminated;
using bellman::test::four_steps::action_values;
using bellman::test::four_steps::ratios;
using bellman::test::four_steps::rewards;
using bellman::test::four_steps::state_values;
using bellman::test::four_steps::whole;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("retrace believes no difference more than once") {
  CHECK(true_at_both_times([] {
    // G_1 = (-1 + 1) / 2; G_0 = 1 + (2 + 1/2 (0 - 1)) / 2
    return bellman::retrace(rewards, state_values, action_values, ratios, terminated{}, whole) ==
           std::array{rational(7, 4), rational(0), rational(0), rational(3)};
  }));
}
