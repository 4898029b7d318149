// SPDX-License-Identifier: BSL-1.0
#include <bellman/views/n_step_returns.hpp>

#include <bellman/estimation/n_step_returns.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>

#include <array>

#include "support/catch.hpp"

TEST_CASE("a window of n steps ends with the value of the state behind it, or with the episode") {
  std::array const rewards{1.0, 2.0, 4.0};
  std::array const values{8.0, 8.0, 8.0};
  auto returns = rewards | bellman::views::n_step_returns(values, bellman::terminated{}, 2, 0.5);
  CHECK(returns[0] == 4.0);  // 1 + 2/2 + 8/4
  CHECK(returns[1] == 4.0);  // 2 + 4/2
  CHECK(returns[2] == 4.0);
}

TEST_CASE("a window of no steps is refused where the view is made") {
  std::array const values{8.0};
  CHECK_THROWS_AS(bellman::views::n_step_returns(values, bellman::terminated{}, 0, 0.5), bellman::invalid_value);
}
