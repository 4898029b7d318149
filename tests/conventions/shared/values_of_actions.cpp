// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/values_of_actions.hpp>

#include <bellman/error.hpp>

#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("of rows of values those of the actions taken") {
  CHECK(true_at_both_times([] {
    std::array const q{std::array{1.0, 2.0}, std::array{3.0, 4.0}};
    std::array const actions{1, 0};
    auto const taken = conventions::values_of_actions(q, actions);
    return taken.size() == 2 && taken[0] == 2.0 && taken[1] == 3.0;
  }));
  std::vector<std::vector<double>> const q{{1}, {1, 2}};
  std::vector<int> const one{0};
  CHECK_THROWS_AS(conventions::values_of_actions(q, one), bellman::invalid_value);
  std::vector<int> const actions{1, 1};
  auto const taken = conventions::values_of_actions(q, actions);
  CHECK(taken[1] == 2.0);
  CHECK_THROWS_AS(taken[0], bellman::invalid_value);
}
