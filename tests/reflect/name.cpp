// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/name.hpp>

#include <type_traits>

#include "support/catch.hpp"

TEST_CASE("two names of one text are one type") {
  using bellman::reflect::name;
  STATIC_REQUIRE(std::is_same_v<decltype(name<"values">), decltype(name<"values">)>);
  STATIC_REQUIRE(!std::is_same_v<decltype(name<"values">), decltype(name<"ratios">)>);
}
