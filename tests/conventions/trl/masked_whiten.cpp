// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/masked_whiten.hpp>

#include <bellman/error.hpp>

#include <cmath>
#include <vector>

#include "conventions/missing.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace trl = bellman::conventions::trl;
using table = std::vector<std::vector<double>>;
using mask = std::vector<std::vector<int>>;

using bellman::invalid_value;
using bellman::test::approx_equal;
using bellman::test::missing;

}  // namespace

TEST_CASE("whitening in TRL does not read what a mask leaves out") {
  table const values{{1, missing}, {3, 5}};
  mask const masks{{1, 0}, {1, 1}};
  CHECK(approx_equal(trl::masked_whiten(values, masks)[1][1], 2 / std::sqrt(4 + 1e-8), 1e-15));
  CHECK(approx_equal(trl::masked_whiten_around_mean(values, masks)[1][1], 3 + 2 / std::sqrt(4 + 1e-8), 1e-15));
  CHECK_THROWS_AS(trl::masked_whiten(table{{0, 1}, {0, 3}}, mask{{0, 0}, {0, 1}}), invalid_value);
  CHECK(trl::masked_whiten(std::vector<std::vector<int>>{{1, 3}}, mask{{1, 1}}) ==
        trl::masked_whiten(table{{1, 3}}, mask{{1, 1}}));
}
