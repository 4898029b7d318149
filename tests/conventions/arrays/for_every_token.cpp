// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/for_every_token.hpp>

#include <bellman/error.hpp>

#include <cstddef>
#include <utility>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::for_every_token;
using bellman::conventions::rows_fit_masks;
using bellman::test::true_at_both_times;

using rows = std::vector<std::vector<double>>;
using masks = std::vector<std::vector<int>>;

}  // namespace

TEST_CASE("every token whose flag is not 0 is visited, with its row") {
  CHECK(true_at_both_times([] {
    rows const values{{1, 2}, {}, {3, 4, 5}};
    std::vector<std::pair<std::size_t, double>> seen;
    for_every_token(values, masks{{0, 1}, {}, {1, 0, 1}}, [&](std::size_t row, double x) { seen.push_back({row, x}); });
    return seen == std::vector<std::pair<std::size_t, double>>{{0, 2}, {2, 3}, {2, 5}};
  }));
}

TEST_CASE("rows and masks that do not match are refused") {
  CHECK_NOTHROW(rows_fit_masks(rows{{1, 2}, {3}}, masks{{1, 0}, {1}}));
  CHECK_THROWS_AS(rows_fit_masks(rows{{1, 2}, {3}}, masks{{1, 0}}), bellman::invalid_value);
  CHECK_THROWS_AS(rows_fit_masks(rows{{1, 2}}, masks{{1, 0}, {1}}), bellman::invalid_value);
  CHECK_THROWS_AS(rows_fit_masks(rows{{1, 2}}, masks{{1}}), bellman::invalid_value);
  CHECK_THROWS_AS(rows_fit_masks(rows{{1}}, masks{{1, 0}}), bellman::invalid_value);
}
