// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/worst_probabilities.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <cstddef>
#include <ranges>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "value/laws_of_equivalents.hpp"

namespace worst_probabilities_tests {

using bellman::interval;
using bellman::rational;
using bellman::weighted;
using bellman::worst_probabilities;
using bellman::test::true_at_both_times;

constexpr auto four_intervals() {
  using I = interval<rational>;
  return std::array{weighted{std::size_t{0}, I(rational(1, 8), rational(1, 2))},
                    weighted{std::size_t{1}, I(rational(1, 8), rational(1, 4))},
                    weighted{std::size_t{2}, I(rational(0), rational(1, 2))},
                    weighted{std::size_t{3}, I(rational(1, 4), rational(1, 4))}};
}

// State 0 stays with 1/5 to 1/2, is won (1) with 1/10 to 3/5, lost (2) with 1/5 to 7/10.
struct uncertain {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  using point = weighted<bellman::outcome<double, int>, interval<double>>;
  auto states() const { return std::views::iota(0, 3); }
  auto actions(int) const { return std::views::iota(0, 1); }
  bool terminal(int s) const { return s > 0; }
  auto transition(int, int) const {
    using I = interval<double>;
    return std::array<point, 3>{point{{0.0, 0}, I(0.2, 0.5)}, point{{1.0, 1}, I(0.1, 0.6)},
                                point{{0.0, 2}, I(0.2, 0.7)}};
  }
};

TEST_CASE("nature gives what is left to the worst outcomes first, and the laws hold") {
  CHECK(true_at_both_times([] {
    // Least: 1/8, 1/8, 0, 1/4; half is left. Of 4, 1, 3, 2 the worst is 1 (1/8 more), then 2 (no more), then 3 (3/8).
    std::array const x{rational(4), rational(1), rational(3), rational(2)};
    auto const worst = worst_probabilities{}(four_intervals(), [&](std::size_t i) { return x[i]; });
    return worst == rational(4, 8) + rational(1, 4) + rational(9, 8) + rational(2, 4) &&
           bellman::test::keeps_the_laws(worst_probabilities{}, four_intervals());
  }));
}

TEST_CASE("the probability to win is the least that the intervals allow, with bounds") {
  // Won with 1/10, stays with 1/5, lost with the rest: 1/10 / (1 - g/5).
  for (double gamma : {0.5, 0.9, 1.0}) {
    auto const v = bellman::state_value(uncertain{}, [](int) { return 0; }, gamma, worst_probabilities{});
    auto const best = bellman::solve(uncertain{}, gamma, worst_probabilities{}).value;
    double const expected = 0.1 / (1 - gamma * 0.2);
    CHECK(v.lower(0) <= expected + 1e-15);
    CHECK(v.upper(0) >= expected - 1e-15);
    CHECK(v.error_bound() < 1e-8);
    CHECK(best.lower(0) <= expected + 1e-15);
    CHECK(best.upper(0) >= expected - 1e-15);
  }
}

}  // namespace worst_probabilities_tests
