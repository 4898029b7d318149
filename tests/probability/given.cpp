// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/given.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weights_in.hpp>

#include <ranges>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::expectation;
using bellman::given;
using bellman::rational;
using bellman::weighted;
using bellman::weights_in;
using bellman::test::true_at_both_times;

constexpr auto die = [] { return weights_in<rational>(bellman::uniform(std::views::iota(1, 7))); };

template <class D>
constexpr rational probability_of(D const& d, int x) {
  return expectation(d, [x](int y) { return rational(x == y ? 1 : 0); });
}

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
