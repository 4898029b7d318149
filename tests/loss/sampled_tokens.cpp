// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/sampled_tokens.hpp>

#include <array>
#include <concepts>
#include <span>
#include <vector>

#include "support/catch.hpp"

TEST_CASE("tokens keep their rows, and views as views") {
  STATIC_REQUIRE(bellman::sampled_tokens{std::array{-1.0}, std::array{-2.0}, std::array{0.5f}}.advantages[0] == 0.5f);
  std::vector<double> log_probs{-1.0, -2.0};
  bellman::sampled_tokens const tokens{std::span(log_probs), log_probs, log_probs};
  STATIC_REQUIRE(std::same_as<decltype(tokens.log_probs), std::span<double>>);
  log_probs[1] = -3.0;
  CHECK(tokens.log_probs[1] == -3.0);
  CHECK(tokens.old_log_probs[1] == -2.0);
}
