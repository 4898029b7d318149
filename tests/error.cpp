// SPDX-License-Identifier: BSL-1.0
#include <bellman/error.hpp>

#include <stdexcept>
#include <string>

#include "support/catch.hpp"

TEST_CASE("a value that breaks a rule is an invalid argument, which says what was wrong") {
  auto const fail = [] { throw bellman::invalid_value("a weight is -1"); };
  CHECK_THROWS_AS(fail(), std::invalid_argument);
  try {
    fail();
  } catch (bellman::invalid_value const& e) {
    CHECK(std::string(e.what()) == "a weight is -1");
  }
}
