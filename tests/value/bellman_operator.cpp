// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/bellman_operator.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <limits>
#include <ranges>
#include <stdexcept>

#include "models/frozen_lake.hpp"
#include "models/recycling_robot.hpp"
#include "models/two_state_cycle.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "value/robot.hpp"

namespace {

using bellman::rational;
using bellman::test::absolutely_close;
using bellman::test::approx_equal;
using bellman::test::half;
using bellman::test::robot;
using bellman::test::true_at_both_times;
using bellman::test::v;
using models::battery;
using models::deed;

// Asks for its terminal state's actions and values in vain.
struct one_step {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  constexpr auto actions(int s) const {
    if (s != 0) throw std::logic_error("the actions of a terminal state");
    return std::views::iota(0, 2);
  }
  constexpr bool terminal(int s) const { return s != 0; }
  constexpr auto transition(int s, int a) const {
    if (s != 0) throw std::logic_error("the transition of a terminal state");
    return bellman::dirac{bellman::outcome{a == 0 ? 1.0 : 2.0, 1}};
  }
};

struct dead_end : one_step {
  constexpr auto actions(int) const { return std::views::iota(0, 0); }
};

}  // namespace

TEST_CASE("an operator combines the action values of a state") {
  CHECK(true_at_both_times([] {
    auto const any = [](battery s) { return bellman::uniform(robot{}.actions(s)); };
    auto const wait = [](battery) { return deed::wait; };
    auto const mean = bellman::bellman_expectation(robot{}, any, half)(v);
    auto const waiting = bellman::bellman_expectation(robot{}, wait, half)(v);
    auto const best = bellman::bellman_optimality(robot{}, half)(v);
    return mean(battery::high) == rational(25, 8) && mean(battery::low) == rational(2, 3) &&
           waiting(battery::high) == rational(3) && waiting(battery::low) == rational(0) &&
           best(battery::high) == rational(13, 4) && best(battery::low) == rational(2);
  }));
}

TEST_CASE("an operator may be applied to what it made") {
  CHECK(true_at_both_times([] {
    auto const T = bellman::bellman_optimality(robot{}, half);
    // high: 2 + 1/2 (3/4 * 13/4 + 1/4 * 2); low: recharge, 1/2 * 13/4
    auto const twice = T(T(v));
    return twice(battery::high) == rational(111, 32) && twice(battery::low) == rational(2);
  }));
}

TEST_CASE("a terminal state is worth nothing and is asked for nothing") {
  CHECK(true_at_both_times([] {
    auto const seven = [](int s) { return s == 0 ? 7.0 : throw std::logic_error("the value of a terminal state"); };
    auto const first = [](int s) { return s == 0 ? 0 : throw std::logic_error("the policy in a terminal state"); };
    auto const mean = bellman::bellman_expectation(one_step{}, first, 0.5)(seven);
    auto const best = bellman::bellman_optimality(one_step{}, 0.5)(seven);
    return mean(0) == 1.0 && mean(1) == 0.0 && best(0) == 2.0 && best(1) == 0.0;
  }));
}

TEST_CASE("a state without actions that is not terminal is refused") {
  auto const zero = [](int) { return 0.0; };
  CHECK_THROWS_AS(bellman::bellman_optimality(dead_end{}, 0.5)(zero)(0), bellman::invalid_value);
}

TEST_CASE("the soft operator lies between the mean and the maximum, and tends to both") {
  CHECK(true_at_both_times([] {
    models::frozen_lake<double> const lake{};
    auto const u = [](int s) { return 0.1 * s; };
    auto const any = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
    auto const mean = bellman::bellman_expectation(lake, any, 0.9)(u);
    auto const best = bellman::bellman_optimality(lake, 0.9)(u);
    auto const soft = bellman::bellman_soft(lake, 0.9, 0.3)(u);
    auto const cold = bellman::bellman_soft(lake, 0.9, 1e-4)(u);
    auto const hot = bellman::bellman_soft(lake, 0.9, 1e6)(u);
    for (int s = 0; s < 16; ++s) {
      if (lake.terminal(s)) {
        if (soft(s) != 0.0) return false;
        continue;
      }
      if (!(mean(s) < soft(s) && soft(s) < best(s))) return false;
      // At temperature t the soft value is below the maximum by at most t log n.
      if (!(best(s) - cold(s) <= 1e-4 * 1.3863)) return false;
      if (!absolutely_close(hot(s), mean(s), 1e-6)) return false;
    }
    return true;
  }));
}

TEST_CASE("the soft operator has its formula") {
  // tau log(1/2 e^(1/tau) + 1/2 e^(2/tau)) at tau = 1/2, of the rewards 1 and 2
  CHECK(true_at_both_times([] {
    auto const zero = [](int) { return 0.0; };
    auto const T = bellman::bellman_soft(one_step{}, 0.5, 0.5);
    auto const reference = [](int) { return std::array{bellman::weighted{0, 0.9}, bellman::weighted{1, 0.1}}; };
    auto const with_reference = bellman::bellman_soft(one_step{}, 0.5, 0.5, reference);
    return approx_equal(T(zero)(0), 1.7168904152415136, 1e-14) &&
           approx_equal(with_reference(zero)(0), 1.2470143540220895, 1e-14);
  }));
}

TEST_CASE("the soft operator is monotone, shifts with constants and contracts") {
  auto const cycle = models::two_state_cycle<double>{};
  auto const T = bellman::bellman_soft(cycle, 0.9, 0.7);
  auto const u = [](int s) { return s == 0 ? 1.5 : -2.0; };
  auto const w = [](int s) { return s == 0 ? 1.75 : 3.0; };
  auto const shifted = [&](int s) { return u(s) + 10.0; };
  for (int s : {0, 1}) {
    CHECK(T(u)(s) <= T(w)(s));
    CHECK(approx_equal(T(shifted)(s), T(u)(s) + 9.0, 1e-14));
    CHECK(T(w)(s) - T(u)(s) <= 0.9 * 5.0);
  }
}

TEST_CASE("the soft operator is stable for values of any size") {
  auto const cycle = models::two_state_cycle<double>{0.0, 1e4, -1e4, 0.0};
  auto const zero = [](int) { return 0.0; };
  auto const T = bellman::bellman_soft(cycle, 0.9, 1e-2);
  CHECK(approx_equal(T(zero)(0), 1e4, 1e-6));
  CHECK(absolutely_close(T(zero)(1), -1e-2 * 0.6931471805599453, 1e-12));
}

TEST_CASE("a temperature that is not above 0 and a discount outside of 0 to 1 are refused") {
  models::two_state_cycle<double> const cycle{};
  double const not_a_number = std::numeric_limits<double>::quiet_NaN();
  auto const go = [](int) { return 1; };
  for (double t : {0.0, -1.0, std::numeric_limits<double>::infinity(), not_a_number}) {
    CHECK_THROWS_AS(bellman::bellman_soft(cycle, 0.5, t), bellman::invalid_value);
  }
  for (double g : {-0.5, 1.5, not_a_number}) {
    CHECK_THROWS_AS(bellman::bellman_soft(cycle, g, 1.0), bellman::invalid_value);
    CHECK_THROWS_AS(bellman::bellman_optimality(cycle, g), bellman::invalid_value);
    CHECK_THROWS_AS(bellman::bellman_expectation(cycle, go, g), bellman::invalid_value);
  }
}
