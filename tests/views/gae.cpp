// SPDX-License-Identifier: BSL-1.0
#include <bellman/views/gae.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>

#include <array>

#include "support/catch.hpp"

TEST_CASE("each element has the advantage and the return of its step") {
  std::array const rewards{1.0, 2.0};
  std::array const values{0.5, 1.0};
  auto estimates = rewards | bellman::views::gae(values, bellman::terminated{}, {.gamma = 0.5, .lambda = 0.5});
  auto const eager = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 0.5, .lambda = 0.5});
  for (std::size_t t = 0; t < 2; ++t) {
    CHECK(estimates[static_cast<std::ptrdiff_t>(t)].advantages == eager.advantages[t]);
    CHECK(estimates[static_cast<std::ptrdiff_t>(t)].returns == eager.returns[t]);
  }
  CHECK(estimates[1].advantages == 1.0);
}
