// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/mean_of_scores.hpp>

#include <bellman/probability/statistics.hpp>

#include <array>
#include <cmath>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;

using bellman::test::approx_equal;

}  // namespace

TEST_CASE("verl takes a group of one to have mean 0 and a deviation of 1 and epsilon") {
  auto const one = bellman::statistics_of(std::array{5.0});
  CHECK(verl::mean_of_scores(one, 5.0) == 0.0);
  CHECK(verl::deviation(1e-6)(one) == static_cast<double>(1.0f + 1e-6f));
  auto const two = bellman::statistics_of(std::array{1.0, 3.0});
  CHECK(verl::mean_of_scores(two, 1.0) == 2.0);
  CHECK(approx_equal(verl::deviation(0.25)(two), std::sqrt(2.0) + 0.25, 1e-15));
}
