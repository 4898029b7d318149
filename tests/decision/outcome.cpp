// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/outcome.hpp>

#include <concepts>

#include "support/catch.hpp"

TEST_CASE("an outcome is a reward and the next state, of the types they are given in") {
  constexpr bellman::outcome o{2.5f, 'x'};
  STATIC_REQUIRE(std::same_as<decltype(o), bellman::outcome<float, char> const>);
  STATIC_REQUIRE(o.reward == 2.5f && o.next == 'x');
  STATIC_REQUIRE(o == bellman::outcome{2.5f, 'x'});
  STATIC_REQUIRE(o != bellman::outcome{2.5f, 'y'});
  STATIC_REQUIRE(o != bellman::outcome{2.0f, 'x'});
}
