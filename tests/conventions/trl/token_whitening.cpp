// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/token_whitening.hpp>

#include <bellman/error.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace trl = bellman::conventions::trl;

using bellman::test::approx_equal;

constexpr double unread = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("TRL's whitening counts the tokens of all rows") {
  std::vector<std::vector<double>> const rows{{1, unread, unread}, {3, 5, unread}};
  std::vector<int> const tokens{1, 2};
  auto const whitened = trl::whitened_tokens(rows, tokens);  // mean 3, squares 8, 8 / 3 * 3 / 2
  double const width = std::sqrt(8.0 / 3.0 * static_cast<double>(3.0f / 2.0f) + 1e-8);
  CHECK(approx_equal(whitened[0][0], -2 / width, 1e-14));
  CHECK(whitened[1][0] == 0);
  CHECK(approx_equal(whitened[1][1], 2 / width, 1e-14));
  CHECK(whitened[0][1] == 0);
  CHECK(whitened[1][2] == 0);
  CHECK(approx_equal(trl::whitened_tokens_around_mean(rows, tokens)[0][0], 3 - 2 / width, 1e-14));
  CHECK_THROWS_AS(trl::whitened_tokens(rows, std::vector{1, 0}), bellman::invalid_value);
}
