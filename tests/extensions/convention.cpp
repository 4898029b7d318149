// SPDX-License-Identifier: BSL-1.0
#include "extensions/convention.hpp"

#include <bellman/estimation/step.hpp>

#include <vector>

#include "support/catch.hpp"

TEST_CASE("the arrays of another library are steps, where they lie") {
  std::vector const rewards{1.0, 2.0, 4.0};
  std::vector const values{1.0, 2.0, 3.0, 8.0};
  std::vector const masks{1.0f, 0.0f, 1.0f};
  using step = bellman::step<double>;
  std::vector const same{step(bellman::continues{}), step(bellman::terminated{}), step(bellman::truncated{8.0})};
  std::vector const own_values{1.0, 2.0, 3.0};
  auto const a = extensions::acme::gae(rewards, masks, values, 0.5, 0.5);
  CHECK(a == bellman::gae(rewards, own_values, same, {.gamma = 0.5, .lambda = 0.5}).advantages);
  CHECK(a == std::vector{1.0, 0.0, 5.0});  // 1 + 2/2 - 1, 2 - 2, 4 + 8/2 - 3
}
