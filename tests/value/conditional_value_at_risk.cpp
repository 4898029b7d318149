// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/conditional_value_at_risk.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/worst_case.hpp>

#include <array>
#include <cstddef>
#include <limits>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "value/laws_of_equivalents.hpp"

namespace conditional_value_at_risk_tests {

using bellman::conditional_value_at_risk;
using bellman::rational;
using bellman::test::four_outcomes;
using bellman::test::true_at_both_times;

TEST_CASE("it is the mean of the worst outcomes that make up the share") {
  CHECK(true_at_both_times([] {
    // Probabilities 1/2, 1/4, 1/8, 1/8 of 4, 1, 3, 2; from the worst: 1 (1/4), 2 (1/8), 3 (1/8), 4 (1/2).
    std::array const x{rational(4), rational(1), rational(3), rational(2)};
    auto const of = [&](std::size_t i) { return x[i]; };
    auto const at = [&](rational const& level) { return conditional_value_at_risk(level)(four_outcomes(), of); };
    return at(rational(1, 8)) == rational(1) && at(rational(1, 4)) == rational(1) &&
           at(rational(3, 8)) == rational(4, 3) && at(rational(3, 4)) == rational(5, 2) &&
           at(rational(1)) == bellman::expectation(four_outcomes(), of);
  }));
}

TEST_CASE("it keeps the laws at every level, and lies between the worst outcome and the mean") {
  CHECK(true_at_both_times([] {
    for (int k = 1; k <= 4; ++k) {
      if (!bellman::test::keeps_the_laws(conditional_value_at_risk(rational(k, 4)), four_outcomes())) return false;
    }
    return true;
  }));
}

TEST_CASE("a level outside of (0, 1] is refused") {
  for (double bad : {0.0, -0.5, 1.5, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(conditional_value_at_risk(bad), bellman::invalid_value);
  }
  CHECK(bellman::test::message_of([] { conditional_value_at_risk(1.5); }) ==
        "bellman: the level of the conditional value at risk is 1.5; it must lie in (0, 1]");
}

}  // namespace conditional_value_at_risk_tests
