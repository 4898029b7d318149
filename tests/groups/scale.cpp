// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/scale.hpp>

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>

#include <array>

#include "support/catch.hpp"

namespace {

using bellman::over_batch;
using bellman::standard_deviation;
using bellman::statistics_of;

}  // namespace

TEST_CASE("a scale is a spread, or that of the batch") {
  STATIC_REQUIRE(bellman::unscaled{}(statistics_of(std::array{1.0, 3.0})) == 1.0);
  STATIC_REQUIRE(bellman::scale_for<bellman::unscaled, double>);
  STATIC_REQUIRE(bellman::scale_for<standard_deviation, double, long long>);
  STATIC_REQUIRE(bellman::scale_for<over_batch<standard_deviation>, double>);
  STATIC_REQUIRE(!bellman::scale_for<over_batch<bellman::group_mean>, double>);
  STATIC_REQUIRE(!bellman::scale_for<int, double>);
}
