// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/rloo.hpp>

#include <bellman/error.hpp>

#include <cmath>
#include <vector>

#include "conventions/missing.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace trl = bellman::conventions::trl;

using bellman::invalid_value;
using bellman::test::approx_equal;
using bellman::test::missing;

}  // namespace

TEST_CASE("RLOO in TRL leaves out rewards that were not given") {
  CHECK(trl::rloo_advantages(std::vector{1.0, missing, 4.0, missing, missing, 2.0}, 3) ==
        std::vector{-3.0, 0.0, 3.0, 0.0, 0.0, 0.0});
  CHECK_THROWS_AS(trl::rloo_advantages(std::vector{1.0, 2.0, 3.0}, 2), invalid_value);
  // -2, 2 and -1, 1: mean 0, squares 10
  auto const n = trl::normalized_rloo_advantages(std::vector{1.0, 3.0, 4.0, 5.0}, 2);
  CHECK(approx_equal(n[1], 2 / (std::sqrt(10.0 / 3) + 1e-4), 1e-7));
}
