// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/uniform.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::expectation;
using bellman::rational;
using bellman::uniform;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a uniform distribution is exact in every field, and keeps its range") {
  CHECK(true_at_both_times([] {
    std::size_t n = 0;
    for (auto const& e : uniform(std::vector{3, 1, 4})) {
      if (bellman::weigh(e.probability, rational(1)) != rational(1, 3)) return false;
      if (bellman::weigh(e.probability, 1.0) != 1.0 / 3) return false;
      ++n;
    }
    return n == 3;
  }));
  CHECK(true_at_both_times([] {
    // A copy holds values of its own.
    auto const copy = [] {
      auto const original = uniform(std::vector{3, 1, 4});
      return original;
    }();
    return expectation(copy, [](int x) { return rational(x); }) == rational(8, 3);
  }));
}

TEST_CASE("there is no uniform distribution over nothing") {
  CHECK(message_of([] { uniform(std::vector<int>{}); }) ==
        "bellman: a distribution has no values; it needs at least one, and its weights must sum to 1");
}
