// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/watkins_q_lambda_returns.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>

#include "estimation/four_steps.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::terminated;
using bellman::test::four_steps::action_values;
using bellman::test::four_steps::rewards;
using bellman::test::four_steps::whole;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("Watkins's Q(lambda) looks ahead up to the first action that was not greedy") {
  CHECK(true_at_both_times([] {
    // What is greatest in each state; in 0 and 2 the action taken was another.
    std::array const greatest{rational(2), rational(1), rational(4), rational(6)};
    // G_3 = 3; G_2 = -2 + (6 + (3 - 6)) / 2; G_1 = 4/2; G_0 = 1 + (1 + (2 - 1)) / 2
    return bellman::watkins_q_lambda_returns(rewards, greatest, action_values, terminated{}, whole) ==
               std::array{rational(2), rational(2), rational(-1, 2), rational(3)} &&
           // Peng's does not ask whether an action was greedy.
           bellman::lambda_returns(rewards, greatest, terminated{}, whole) ==
               std::array{rational(7, 8), rational(-1, 4), rational(-1, 2), rational(3)};
  }));
}
