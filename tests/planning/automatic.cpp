// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/automatic.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/dirac.hpp>

#include <cmath>
#include <ranges>

#include "planning/cases.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::absolutely_close;
using bellman::test::approx_equal;
using bellman::test::cycle;
using bellman::test::go_round;
using bellman::test::true_at_both_times;

// A ring of n states: going round pays 1 in state 0 only.
struct ring {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  int n;

  auto states() const { return std::views::iota(0, n); }
  auto actions(int) const { return std::views::single(0); }
  bool terminal(int) const { return false; }
  auto transition(int s, int) const { return bellman::dirac{bellman::outcome{s == 0 ? 1.0 : 0.0, (s + 1) % n}}; }
};

}  // namespace

TEST_CASE("few states are solved directly, and exactly in exact scalars") {
  CHECK(true_at_both_times([] {
    auto const v = bellman::state_value(cycle{}, go_round, rational(1, 2), bellman::automatic{});
    return v(0) == rational(10, 3) && v.error_bound() == rational(0);  // (3 - g) / (1 - g^2)
  }));
  CHECK(bellman::solve(ring{512}, 0.99, bellman::automatic{}).value.error_bound() == 0.0);
}

TEST_CASE("more states than elimination takes are iterated, to a billionth") {
  auto const v = bellman::solve(ring{600}, 0.99).value;
  double const round = 1 / (1 - std::pow(0.99, 600));
  CHECK(v.error_bound() > 0);
  CHECK(v.error_bound() <= 1e-9);
  for (int s = 0; s < 600; ++s) {
    CHECK(absolutely_close(v(s), std::pow(0.99, (600 - s) % 600) * round, v.error_bound() + 1e-12));
  }
}

TEST_CASE("more states than elimination is wont to take are solved by it where sweeps would take longer") {
  // Every 600 steps 1 is paid: about 1 / (600 (1 - g)).
  auto const v = bellman::state_value(ring{600}, [](int) { return 0; }, 0.9999999);
  CHECK(v.error_bound() == 0.0);
  CHECK(approx_equal(v(0), 1 / (1 - std::pow(0.9999999, 600)), 1e-6));
}
