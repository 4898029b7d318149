// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/importance_corrected_td_errors.hpp>

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
using bellman::test::four_steps::ratios;
using bellman::test::four_steps::rewards;
using bellman::test::four_steps::state_values;
using bellman::test::four_steps::whole;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("importance-corrected TD errors are the sums of those to come, weighed by the ratios on the way") {
  CHECK(true_at_both_times([] {
    // delta = 3/2, -5/2, 1, -1: E_3 = 0, E_2 = 3 * 1, E_1 = 1/2 (-5/2 + 3/2), E_0 = 2 (3/2 - 1/4)
    return bellman::importance_corrected_td_errors(rewards, state_values, ratios, terminated{}, whole) ==
           std::array{rational(5, 2), rational(-1, 2), rational(3), rational(0)};
  }));
}
