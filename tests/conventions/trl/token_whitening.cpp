// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/token_whitening.hpp>

#include <bellman/error.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "conventions/missing.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace trl = bellman::conventions::trl;
using table = std::vector<std::vector<double>>;

using bellman::invalid_value;
using bellman::test::approx_equal;
using bellman::test::missing;

}  // namespace

TEST_CASE("TRL whitens the first tokens of each row over all of them") {
  table const rows{{1, missing}, {3, 5}};
  double const width = std::sqrt(8.0 / 3 * static_cast<double>(3.0f / 2.0f) + 1e-8);
  auto const a = trl::whitened_tokens(rows, std::array{1, 2});
  CHECK(a[0][1] == 0);
  CHECK(approx_equal(a[1][1], 2 / width, 1e-15));
  CHECK(approx_equal(trl::whitened_tokens_around_mean(rows, std::array{1, 2})[0][0], 3 - 2 / width, 1e-15));
  CHECK_THROWS_AS(trl::whitened_tokens(rows, std::array{1}), invalid_value);
}
