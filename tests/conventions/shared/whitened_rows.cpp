// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/whitened_rows.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::invalid_value;
using bellman::rational;
using bellman::sample_variance;
using bellman::statistics_of;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rows are whitened by the statistics and the spread that are given") {
  CHECK(true_at_both_times([] {
    std::vector<std::vector<rational>> const rows{{1, 3}, {5}};
    auto const tokens = statistics_of(std::array{rational(1), rational(3)});  // mean 2, variance 2
    using bellman::conventions::whitened_rows;
    return whitened_rows(rows, tokens, sample_variance{}) ==
               std::vector<std::vector<rational>>{{rational(-1, 2), rational(1, 2)}, {rational(3, 2)}} &&
           whitened_rows(rows, tokens, sample_variance{}, [](std::size_t i, std::size_t t) { return i == t; }) ==
               std::vector<std::vector<rational>>{{rational(-1, 2), 0}, {0}} &&
           bellman::conventions::whitened_rows_around_mean(rows, tokens, sample_variance{})[1][0] == rational(7, 2);
  }));
}

TEST_CASE("statistics of fewer than two tokens are refused") {
  std::vector<std::vector<double>> const rows{{1, 3}};
  CHECK_THROWS_AS(bellman::conventions::whitened_rows(rows, statistics_of(std::array{1.0}), sample_variance{}),
                  invalid_value);
}
