// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/gpg.hpp>

#include <bellman/groups/grouping.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <vector>

#include "support/catch.hpp"

namespace {

using bellman::grouping;
using bellman::rational;

}  // namespace

TEST_CASE("GPG makes up for the groups without signal") {
  // Two of three groups differ in rewards: 6 answers, 4 of them alive.
  std::vector const rewards{rational(1), rational(0), rational(1), rational(1), rational(0), rational(3)};
  auto const groups = grouping::consecutive(6, 2);
  CHECK(bellman::gpg(rewards, groups) ==
        std::vector{rational(3, 4), rational(-3, 4), rational(0), rational(0), rational(-9, 4), rational(9, 4)});
  CHECK(bellman::gpg(std::vector{1.0, 1.0}, grouping::consecutive(2, 2)) == std::vector{0.0, 0.0});
}
