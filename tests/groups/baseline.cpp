// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/baseline.hpp>

#include <bellman/groups/over_batch.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::group_mean;
using bellman::leave_one_out;
using bellman::no_baseline;
using bellman::over_batch;
using bellman::rational;
using bellman::standard_deviation;
using bellman::statistics_of;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("baselines are what their names say, of the statistics of a group and a reward") {
  CHECK(true_at_both_times([] {
    auto const s = statistics_of(std::array{rational(1), rational(2), rational(6)});
    return no_baseline{}(s, rational(6)) == rational(0) && group_mean{}(s, rational(6)) == rational(3) &&
           leave_one_out{}(s, rational(6)) == rational(3, 2) &&
           bellman::given_baseline{rational(1, 2)}(s, rational(6)) == rational(1, 2);
  }));
  auto const one = statistics_of(std::array{5.0});
  CHECK(leave_one_out{}(one, 5.0) == 5.0);
  auto const weighted = statistics_of(std::array{1.0, 5.0}, std::array{3, 1});
  CHECK(group_mean{}(weighted, 1.0) == 2.0);
}

TEST_CASE("what is a baseline for which statistics") {
  STATIC_REQUIRE(bellman::baseline_for<group_mean, double>);
  STATIC_REQUIRE(bellman::baseline_for<group_mean, rational, long long>);
  STATIC_REQUIRE(bellman::baseline_for<over_batch<leave_one_out>, double>);
  STATIC_REQUIRE(!bellman::baseline_for<leave_one_out, double, long long>);
  STATIC_REQUIRE(!bellman::baseline_for<standard_deviation, double>);
  STATIC_REQUIRE(!bellman::baseline_for<int, double>);
}
