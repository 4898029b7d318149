// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/worst_case.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/error.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>

#include <algorithm>
#include <array>
#include <ranges>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "value/laws_of_equivalents.hpp"

namespace worst_case_tests {

using bellman::rational;
using bellman::worst_case;
using bellman::test::true_at_both_times;

// A walk of four cells to the end on the right: a step to the right costs 1 and may fail, one by a bridge costs 3.
struct walk {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  using point = bellman::weighted<bellman::outcome<double, int>, double>;
  auto states() const { return std::views::iota(0, 5); }
  auto actions(int) const { return std::views::iota(0, 2); }
  bool terminal(int s) const { return s == 4; }
  auto transition(int s, int a) const {
    return a == 0 ? std::array<point, 2>{point{{-1.0, s + 1}, 0.9}, point{{-1.0, s}, 0.1}}
                  : std::array<point, 2>{point{{-3.0, s + 1}, 0.5}, point{{-2.0, s + 1}, 0.5}};
  }
};

TEST_CASE("the worst outcome that has a probability counts, and keeps the laws") {
  CHECK(true_at_both_times([] {
    auto const d = bellman::test::four_outcomes();
    std::array const x{rational(3), rational(-1), rational(2), rational(5)};
    auto with_nothing = d;
    with_nothing[1].probability = rational(0);
    with_nothing[0].probability = rational(3, 4);
    auto const of = [&](std::size_t i) { return x[i]; };
    return worst_case{}(d, of) == rational(-1) && worst_case{}(with_nothing, of) == rational(2) &&
           bellman::test::keeps_the_laws(worst_case{}, d);
  }));
}

TEST_CASE("in the worst case a step that may fail for ever is not taken, with or without a discount") {
  // By the bridge each cell costs 3 at worst; the other step stays for ever.
  for (double gamma : {0.5, 0.9, 1.0}) {
    auto const [v, pi] = bellman::solve(walk{}, gamma, worst_case{});
    double expected = 0;
    for (int s = 3; s >= 0; --s) {
      double const trying = gamma < 1 ? -1 / (1 - gamma) : -1e300;
      expected = std::max(trying, -3 + gamma * expected);
      CHECK(v.lower(s) <= expected);
      CHECK(expected <= v.upper(s));
      CHECK(v.upper(s) - v.lower(s) < 1e-6);
      CHECK(pi.action(s) == (expected == trying ? 0 : 1));
    }
  }
}

TEST_CASE("a policy is worth what it is worth at worst, and has no value where it may never end") {
  auto const bridge = bellman::state_value(walk{}, [](int) { return 1; }, 1.0, worst_case{});
  CHECK(bridge.lower(0) <= -12.0);
  CHECK(bridge.upper(0) >= -12.0);
  CHECK(bridge.error_bound() < 1e-9);
  CHECK_THROWS_AS(bellman::state_value(walk{}, [](int) { return 0; }, 1.0, worst_case{}), bellman::invalid_value);
}

}  // namespace worst_case_tests
