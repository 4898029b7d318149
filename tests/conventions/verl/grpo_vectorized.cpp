// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/grpo_vectorized.hpp>

#include <bellman/error.hpp>
#include <bellman/groups/scale.hpp>
#include <bellman/probability/statistics.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

using bellman::invalid_value;

}  // namespace

TEST_CASE("verl's vectorised variance is lost under a large offset, and never below its epsilon") {
  table const rewards{{4096}, {4097}};
  mask const masks{{1}, {1}};
  // In floats 4096^2 + 4097^2 has a unit of 4, and the square of the sum by two is the same number.
  auto const a = verl::grpo_vectorized_advantages(rewards, masks, std::array{0, 0});
  CHECK(a[1][0] > 100);
  CHECK(verl::dr_grpo_vectorized_advantages(rewards, masks, std::array{0, 0}) == table{{-0.5}, {0.5}});
}

TEST_CASE("the vectorised statistics are sums of floats, and those of one score 0 and 1") {
  // 1, 3: (10 - 16 / 2) / 1
  CHECK(verl::float_statistics_of(std::array{1.0, 3.0}, 1e-6).mean == 2.0f);
  CHECK(verl::float_statistics_of(std::array{1.0, 3.0}, 1e-6).deviation == std::sqrt(2.0f));
  CHECK(verl::float_statistics_of(std::array{1.0, 3.0}, 9.0).deviation == 3.0f);
  CHECK(verl::float_statistics_of(std::array{5.0}, 1e-6).mean == 0.0f);
  CHECK(verl::float_statistics_of(std::array{5.0}, 1e-6).deviation == 1.0f);
  CHECK(verl::vectorized<bellman::unscaled>{}(std::array{5.0}) == std::array{5.0});
  CHECK_THROWS_AS(verl::grpo_vectorized_advantages(table{{0, 1}, {0, 3}}, mask{{1, 1}, {0, 1}}, std::array{1, 1, 2}),
                  invalid_value);
}
