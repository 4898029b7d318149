// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/strided.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <vector>

#include "conventions/arrays/holds.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::invalid_value;
using bellman::conventions::strided;
using bellman::test::holds;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the columns of a flat array are read where they lie") {
  CHECK(true_at_both_times([] {
    std::array const flat{1.0, 10.0, 2.0, 20.0, 3.0, 30.0};  // of two environments, time-major
    return holds(strided(flat, 0, 2), {1, 2, 3}) && holds(strided(flat, 1, 2), {10, 20, 30});
  }));
}

TEST_CASE("an estimate is written into the columns of a flat array") {
  CHECK(true_at_both_times([] {
    std::array const rewards{1.0, 10.0, 2.0, 20.0};
    std::array const values{0.0, 0.0, 0.0, 0.0};
    std::array advantages{7.0, 7.0, 7.0, 7.0};
    std::array returns{7.0, 7.0, 7.0, 7.0};
    for (std::size_t i = 0; i < 2; ++i) {
      bellman::gae(strided(rewards, i, 2), strided(values, i, 2), bellman::terminated{}, {.gamma = 0.5, .lambda = 1.0},
                   strided(advantages, i, 2).begin(), strided(returns, i, 2).begin());
    }
    return advantages == std::array{2.0, 20.0, 2.0, 20.0} && returns == advantages;
  }));
  std::vector<bool> flags{false, false, false};
  std::vector<double> numbers{1, 2, 3};
  strided(numbers, 0, 2)[1] = 5;
  *strided(flags, 0, 2).begin() = true;
  CHECK(numbers == std::vector<double>{1, 2, 5});
  CHECK(flags == std::vector<bool>{true, false, false});
  STATIC_REQUIRE(std::output_iterator<decltype(strided(numbers, 0, 2).begin()), double>);
  STATIC_REQUIRE(std::random_access_iterator<decltype(strided(flags, 0, 2).begin())>);
  STATIC_REQUIRE(std::ranges::borrowed_range<decltype(strided(numbers, 0, 2))>);
  std::vector<double> const constant{1, 2, 3};
  STATIC_REQUIRE(!std::output_iterator<decltype(strided(constant, 0, 2).begin()), double>);
}

TEST_CASE("a flat array whose length is no multiple of the stride has the longer columns first") {
  std::vector<int> const flat{0, 1, 2, 3, 4};
  CHECK(holds(strided(flat, 0, 3), {0, 3}));
  CHECK(holds(strided(flat, 1, 3), {1, 4}));
  CHECK(holds(strided(flat, 2, 3), {2}));
  CHECK_THROWS_AS(strided(flat, 3, 3), invalid_value);
  CHECK_THROWS_AS(strided(flat, 0, 0), invalid_value);
}
