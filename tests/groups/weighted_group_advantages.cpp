// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/weighted_group_advantages.hpp>

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::group_mean;
using bellman::grouping;
using bellman::rational;
using bellman::weighted_group_advantages;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("weights move the mean") {
  CHECK(true_at_both_times([] {
    std::array const rewards{rational(1), rational(0), rational(1, 2)};
    std::array const lengths{4, 3, 1};
    // (4 + 1 / 2) / 8
    return weighted_group_advantages{group_mean{}}(rewards, lengths) ==
           std::array{rational(7, 16), rational(-9, 16), rational(-1, 16)};
  }));
  std::vector const rewards{1.0, 7.0, 3.0, 7.0};
  std::vector<std::size_t> const lengths{3, 1, 1, 5};
  CHECK(weighted_group_advantages{group_mean{}}(rewards, lengths, grouping(std::vector{0, 1, 0, 1})) ==
        std::vector{-0.5, 0.0, 1.5, 0.0});
}
