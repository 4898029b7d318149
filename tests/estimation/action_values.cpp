// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/action_values.hpp>

#include <bellman/error.hpp>
#include <bellman/estimation/td_target.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "estimation/three_actions.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::expected_value;
using bellman::greatest_action;
using bellman::greatest_value;
using bellman::persistent_value;
using bellman::rational;
using bellman::td_target;
using bellman::value_of_action;
using bellman::test::message_of;
using bellman::test::three_actions::q;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the value expected under a policy that is sure of an action is that of the action") {
  CHECK(true_at_both_times([] {
    return expected_value(q, std::array{rational(0), rational(0), rational(1)}) == value_of_action(q, 2);
  }));
}

TEST_CASE("a persistent value lies between Q-learning and staying with the action") {
  CHECK(true_at_both_times([] {
    return persistent_value(q, 2, rational(0)) == greatest_value(q) &&
           persistent_value(q, 2, rational(1)) == value_of_action(q, 2) &&
           persistent_value(q, 1, rational(1, 7)) == greatest_value(q);
  }));
}

TEST_CASE("of equal action values the first is the greatest") {
  CHECK(greatest_action(std::array{1.0, 2.0, 2.0}) == 1);
}

TEST_CASE("what no action value can be is refused by its name") {
  std::vector<double> const none;
  CHECK(message_of([] { return value_of_action(std::array{1.0, 2.0}, 2); }).find("action 2") != std::string::npos);
  CHECK(message_of([&] { return greatest_value(none); }).find("at least one") != std::string::npos);
  CHECK(message_of([&] { return greatest_action(none); }).find("at least one") != std::string::npos);
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(message_of([&] { return greatest_value(std::array{1.0, nan}); }).find("action 1") != std::string::npos);
  CHECK(message_of([&] { return greatest_value(std::array{nan, 1.0}); }).find("action 0") != std::string::npos);
  CHECK(message_of([&] { return greatest_action(std::array{nan, 1.0}); }).find("action 0") != std::string::npos);
  CHECK(message_of([&] { return greatest_action(std::array{1.0, nan}); }).find("action 1") != std::string::npos);
  CHECK(message_of([] { return expected_value(std::array{1.0, 2.0}, std::array{1.0}); }).find("2 action values and") !=
        std::string::npos);
  CHECK(message_of([] { return td_target(1.0, 2.0, 1.5); }).find("1.5") != std::string::npos);
  CHECK(message_of([] { return td_target(1.0, 2.0, std::numeric_limits<double>::quiet_NaN()); }) != "");
  CHECK(message_of([] { return persistent_value(std::array{1.0, 2.0}, 0, -0.5); }) != "");
}
