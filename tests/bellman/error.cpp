// SPDX-License-Identifier: BSL-1.0
#include <bellman/error.hpp>

#include <stdexcept>
#include <string>
#include <type_traits>

#include "support/catch.hpp"

TEST_CASE("a broken rule is an invalid argument that says what it is") {
  STATIC_REQUIRE(std::is_base_of_v<std::invalid_argument, bellman::invalid_value>);
  CHECK(std::string(bellman::invalid_value("the discount is 2").what()) == "the discount is 2");
}
