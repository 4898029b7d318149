// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/masked_whiten.hpp>

#include <bellman/error.hpp>

#include <vector>

#include "conventions/missing.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

using bellman::invalid_value;
using bellman::test::approx_equal;
using bellman::test::missing;

}  // namespace

TEST_CASE("whitening in verl divides by the number of tokens and a little more") {
  table const values{{1, missing}, {3, 5}};
  mask const masks{{1, 0}, {1, 1}};
  auto const v = verl::masked_mean_and_variance(values, masks);
  CHECK(approx_equal(v.mean, 9 / (3 + 1e-8), 1e-15));
  // 8 / 3, by 3 / 2
  CHECK(approx_equal(v.variance, 4.0, 1e-8));
  auto const w = verl::masked_whiten(values, masks);
  CHECK(approx_equal(w[1][1], 1.0, 1e-7));
  auto const around = verl::masked_whiten_around_mean(values, masks);
  CHECK(approx_equal(around[0][0], 2.0, 1e-7));
}

TEST_CASE("what verl whitens needs a mask for each number, and two tokens") {
  table const values{{0, 1}, {0, 3}};
  CHECK_THROWS_AS(verl::masked_whiten(values, mask{{1, 1}, {0}}), invalid_value);
  CHECK_THROWS_AS(verl::masked_whiten(values, mask{{0, 0}, {0, 1}}), invalid_value);
  CHECK_THROWS_AS(verl::masked_mean_and_variance(values, mask{{0, 0}, {0, 1}}), invalid_value);
}
