// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/state.hpp>

#include <bellman/decision/environment.hpp>

#include <concepts>
#include <memory>
#include <string>

#include "models/recycling_robot.hpp"
#include "support/catch.hpp"

namespace {

struct place {
  int x;
  friend constexpr bool operator==(place, place) = default;
};
struct place_without_equality {
  int x;
};

}  // namespace

TEST_CASE("a state is copied and compared, and need be no more") {
  STATIC_REQUIRE(bellman::state<int> && bellman::state<std::string> && bellman::state<place>);
  STATIC_REQUIRE(place{1} == place{1});
  STATIC_REQUIRE(!bellman::state<place_without_equality>);
  STATIC_REQUIRE(!bellman::state<std::unique_ptr<int>>);
  STATIC_REQUIRE(std::same_as<bellman::state_t<models::recycling_robot<double>>, models::battery>);
}
