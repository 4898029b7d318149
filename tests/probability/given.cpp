// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/given.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>

#include <vector>

#include "probability/dice.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::given;
using bellman::rational;
using bellman::weighted;
using bellman::test::die;
using bellman::test::probability_of;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a conditional distribution divides by the probability of the condition") {
  CHECK(true_at_both_times([] {
    auto const high = given(die(), [](int x) { return x > 4; });
    bellman::check_weights(high);
    return probability_of(high, 5) == rational(1, 2) && probability_of(high, 4) == rational(0) && high.size() == 2;
  }));
  CHECK(true_at_both_times([] {
    // Bayes: the probability of 6 given an even number, from that of an even number given 6.
    auto const even = [](int x) { return x % 2 == 0; };
    return probability_of(given(die(), even), 6) == rational(1, 3);
  }));
  CHECK_THROWS_AS(given(die(), [](int x) { return x > 6; }), bellman::invalid_value);
  std::vector<weighted<int, double>> const coin{{0, 0.0}, {1, 1.0}};
  CHECK_THROWS_AS(given(coin, [](int x) { return x == 0; }), bellman::invalid_value);
}
