// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/batch_method.hpp>

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/weighted_group_advantages.hpp>

#include <vector>

#include "support/catch.hpp"

namespace {

using bellman::group_advantages;
using bellman::group_mean;
using bellman::grouping;

}  // namespace

TEST_CASE("a batch method is called with rewards and their grouping, and gives a range") {
  using rewards = std::vector<double>;
  STATIC_REQUIRE(bellman::batch_method<group_advantages<group_mean>, rewards>);
  auto const lengths = [](rewards const& r, grouping const&) { return std::vector<double>(r.size(), 1.0); };
  STATIC_REQUIRE(bellman::batch_method<decltype(lengths), rewards>);
  auto const total = [](rewards const&, grouping const&) { return 1.0; };
  STATIC_REQUIRE(!bellman::batch_method<decltype(total), rewards>);
  STATIC_REQUIRE(!bellman::batch_method<bellman::weighted_group_advantages<group_mean>, rewards>);
}
