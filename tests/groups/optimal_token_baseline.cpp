// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/optimal_token_baseline.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <cstddef>
#include <limits>
#include <vector>

#include "support/catch.hpp"

namespace {

using bellman::grouping;
using bellman::invalid_value;
using bellman::rational;

}  // namespace

TEST_CASE("the optimal token baseline weighs the returns of a position by what led there") {
  std::vector<std::vector<rational>> const returns{{1, 1}, {0}, {4, 2}};
  std::vector<std::vector<rational>> const norms{{1, 1}, {2}, {1, 3}};
  // (1 + 0 + 4) / 4, and (2 1 + 4 2) / 6
  std::vector<std::vector<rational>> const expected{
      {rational(-1, 4), rational(-2, 3)}, {rational(-5, 4)}, {rational(11, 4), rational(1, 3)}};
  CHECK(bellman::optimal_token_advantages(returns, norms) == expected);

  SECTION("rows of several groups, and a row that belongs to none") {
    std::vector<std::vector<rational>> const all{returns[0], {7}, returns[1], {9, 9}, returns[2]};
    std::vector<std::vector<rational>> const all_norms{norms[0], {1}, norms[1], {1, 1}, norms[2]};
    auto const groups = grouping(std::vector{0, 1, 0, 2, 0}).only_rows([](std::size_t row) { return row != 3; });
    std::vector<std::vector<rational>> const of_rows{expected[0], {0}, expected[1], {0, 0}, expected[2]};
    CHECK(bellman::optimal_token_advantages(all, all_norms, groups) == of_rows);
  }
  SECTION("equal returns, and a token without a peer, have no advantage") {
    std::vector<std::vector<float>> const equal{{0.1f, 0.1f}, {0.1f}, {0.1f}};
    std::vector<std::vector<float>> const weights{{0.3f, 0.7f}, {0.9f}, {0.0f}};
    std::vector<std::vector<float>> const none{{0, 0}, {0}, {0}};
    CHECK(bellman::optimal_token_advantages(equal, weights) == none);
  }
  SECTION("lengths that differ and negative norms are errors") {
    auto short_row = norms;
    short_row[0].pop_back();
    auto few = norms;
    few.pop_back();
    auto negative = norms;
    negative[2][1] = -1;
    CHECK_THROWS_AS(bellman::optimal_token_advantages(returns, short_row), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(short_row, norms), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(returns, few), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(returns, negative), invalid_value);
    grouping const four(std::vector{0, 0, 0, 0});
    grouping const three(std::vector{0, 0, 0});
    CHECK_THROWS_AS(bellman::optimal_token_advantages(returns, norms, four), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(returns, few, three), invalid_value);
  }
  SECTION("returns and norms that are not finite are errors, and norms whose sum is not") {
    using numbers = std::vector<std::vector<double>>;
    double const bad = GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity());
    numbers const ones{{1.0}, {1.0}, {1.0}};
    CHECK_THROWS_AS(bellman::optimal_token_advantages(numbers{{bad}, {2}, {3}}, ones), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(ones, numbers{{1}, {bad}, {1}}), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(numbers{{1, 2}}, numbers{{1e308, 1e308}}), invalid_value);
    CHECK_THROWS_AS(bellman::optimal_token_advantages(numbers{{-1e308}, {1e308}}, numbers{{1}, {1}}), invalid_value);
  }
}
