// SPDX-License-Identifier: BSL-1.0
#include <bellman/views/td_errors.hpp>

#include <bellman/decision/ending.hpp>

#include <array>

#include "support/catch.hpp"

TEST_CASE("a TD error is computed from its own step when it is read") {
  std::array const rewards{1.0, 2.0};
  std::array const values{3.0, 4.0};
  auto errors = rewards | bellman::views::td_errors(values, bellman::truncated{2.0}, 0.5);
  CHECK(errors[0] == 0.0);   // 1 + 4/2 - 3
  CHECK(errors[1] == -1.0);  // 2 + 2/2 - 4
}
