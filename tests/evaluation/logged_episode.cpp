// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/logged_episode.hpp>

#include <bellman/decision/ending.hpp>

#include <array>
#include <concepts>

#include "support/catch.hpp"

TEST_CASE("a logged episode is what it was made of, and terminated unless it is said how it ended") {
  bellman::logged_episode const e{std::array{1.0}, std::array{0.5f}};
  STATIC_REQUIRE(std::same_as<decltype(e.ending), bellman::terminated>);
  bellman::modelled_episode const m{std::array{1.0}, std::array{0.5}, std::array{2.0}, std::array{3.0},
                                    bellman::truncated{4.0}};
  CHECK(m.action_values[0] == 2.0);
  CHECK(m.state_values[0] == 3.0);
  CHECK(m.ending.value == 4.0);
}
