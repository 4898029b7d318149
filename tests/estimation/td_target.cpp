// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/td_target.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/action_values.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>

#include "estimation/three_actions.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/rationals.hpp"

namespace {

using bellman::expected_value;
using bellman::greatest_action;
using bellman::greatest_value;
using bellman::persistent_value;
using bellman::rational;
using bellman::td_target;
using bellman::terminated;
using bellman::truncated;
using bellman::value_of_action;
using bellman::test::half;
using bellman::test::three_actions::other;
using bellman::test::three_actions::q;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a TD target is the reward and the discounted value of the next state") {
  CHECK(true_at_both_times([] {
    return td_target(rational(3), rational(5), half) == rational(11, 2) && td_target(3.0, 5.0, 0.5) == 5.5 &&
           td_target(3, 5.0, 0.5) == 5.5;
  }));
}

TEST_CASE("after a last step the target takes what its end says") {
  CHECK(true_at_both_times([] {
    return td_target(rational(3), terminated{}, half) == rational(3) &&
           td_target(rational(3), truncated{rational(5)}, half) == rational(11, 2);
  }));
}

TEST_CASE("the methods differ in what the next state is worth") {
  CHECK(true_at_both_times([] {
    std::array const policy{rational(1, 4), rational(1, 4), rational(1, 2)};
    return value_of_action(q, 2) == rational(-2) &&                                    // Sarsa
           expected_value(q, policy) == rational(1, 4) &&                              // 1/4 + 1 - 1
           greatest_value(q) == rational(4) &&                                         // Q-learning
           value_of_action(q, greatest_action(other)) == rational(-2) &&               // double Q-learning
           persistent_value(q, 0, rational(1, 3)) == rational(3);                      // 2/3 * 4 + 1/3 * 1
  }));
}

TEST_CASE("double Q-learning with the same values twice is Q-learning") {
  CHECK(true_at_both_times([] {
    return value_of_action(q, greatest_action(q)) == greatest_value(q) &&
           value_of_action(other, greatest_action(other)) == greatest_value(other);
  }));
}
