// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/action.hpp>

#include <concepts>
#include <memory>

#include "models/recycling_robot.hpp"
#include "support/catch.hpp"

namespace {

struct action_without_equality {
  int x;
};

}  // namespace

TEST_CASE("an action is copied and compared, and need be no more") {
  STATIC_REQUIRE(bellman::action<char> && bellman::action<models::deed>);
  STATIC_REQUIRE(!bellman::action<action_without_equality>);
  STATIC_REQUIRE(!bellman::action<std::unique_ptr<int>>);
  STATIC_REQUIRE(std::same_as<bellman::action_t<models::recycling_robot<double>>, models::deed>);
}
