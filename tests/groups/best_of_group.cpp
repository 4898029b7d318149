// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/best_of_group.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>

#include <array>
#include <limits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::grouping;
using bellman::invalid_value;
using bellman::rational;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the best of a group leads the second, and two best lead nobody") {
  CHECK(true_at_both_times([] {
    using bellman::best_of_group;
    return best_of_group(std::array{1, 0, 5, 2}) == std::array{0.0, 0.0, 3.0, 0.0} &&
           best_of_group(std::array{5, 2, 1}) == std::array{3.0, 0.0, 0.0} &&
           best_of_group(std::array{-3, -1}) == std::array{0.0, 2.0} &&
           best_of_group(std::array{rational(1), rational(1), rational(0)}) ==
               std::array{rational(0), rational(0), rational(0)};
  }));
  bellman::best_of_group_advantages const scaled{bellman::standard_deviation{}};
  CHECK(approx_equal(scaled(std::array{1.0, 0.0, 0.5})[0], 1.0, 1e-15));
  CHECK(scaled(std::array{0.1f, 0.1f, 0.1f}) == std::array{0.0f, 0.0f, 0.0f});
  CHECK(bellman::best_of_group(std::vector{1.0, 7.0, 3.0, 4.0}, grouping(std::vector{0, 1, 0, 1})) ==
        std::vector{0.0, 3.0, 2.0, 0.0});
  CHECK(bellman::best_of_group(std::vector<double>{}).empty());
  std::vector<std::vector<double>> const groups{{1, 3}, {0, 0, 7}, {}};
  CHECK(bellman::best_of_group(groups) == std::vector<std::vector<double>>{{0, 2}, {0, 0, 7}, {}});
  CHECK_THROWS_AS(bellman::best_of_group(std::vector{1.0, 2.0}, grouping(std::vector{0, 0, 1, 1})), invalid_value);
  CHECK_THROWS_AS(bellman::best_of_group(std::vector{1.0, 2.0, 3.0}, grouping(std::vector{0, 0})), invalid_value);
  CHECK_THROWS_AS(bellman::best_of_group(std::array{1.0}), invalid_value);
  CHECK_THROWS_AS(bellman::best_of_group(std::array{1.0, std::numeric_limits<double>::quiet_NaN()}), invalid_value);
}
