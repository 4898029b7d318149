// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/rloo.hpp>

#include <bellman/interop/boost_rational.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("RLOO leaves the answer out of the mean") {
  CHECK(true_at_both_times([] {
    // Means of the others: 3, 2, 1
    return bellman::rloo(std::array{rational(0), rational(2), rational(4)}) ==
           std::array{rational(-3), rational(0), rational(3)};
  }));
}
