// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/deviation.hpp>

#include <bellman/probability/statistics.hpp>

#include <array>
#include <cmath>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace trl = bellman::conventions::trl;

using bellman::test::approx_equal;

}  // namespace

TEST_CASE("TRL's deviation has Bessel's correction as a float, and 1e-4 more") {
  auto const s = bellman::statistics_of(std::array{1.0, 2.0, 6.0, 3.0});  // squares 4 + 1 + 9 + 0
  CHECK(approx_equal(trl::variance_by_float{}(s), 14.0 / 4 * static_cast<double>(4.0f / 3.0f), 1e-15));
  CHECK(approx_equal(trl::deviation(s), std::sqrt(14.0 / 3) + 1e-4, 1e-7));
  CHECK(trl::deviation(bellman::statistics_of(std::array{3.0})) == 1e-4);
}
