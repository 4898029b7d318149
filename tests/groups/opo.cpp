// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/opo.hpp>

#include <bellman/groups/grouping.hpp>

#include <array>
#include <vector>

#include "support/catch.hpp"

namespace {

using bellman::grouping;

}  // namespace

TEST_CASE("OPO weighs the mean by length") {
  // (3 1 + 1 5) / 4
  CHECK(bellman::opo(std::array{1, 5}, std::array{3, 1}) == std::array{-1.0, 3.0});
  CHECK(bellman::opo(std::vector{1.0, 9.0, 5.0}, std::vector{3, 2, 1}, grouping(std::array{0, 1, 0})) ==
        std::vector{-1.0, 0.0, 3.0});
}
