// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/checked.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/advantage.hpp>

#include <array>
#include <concepts>
#include <ranges>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/recycling_robot.hpp"
#include "models/textbook.hpp"
#include "models/two_state_cycle.hpp"
#include "planning/cases.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::coordinates;
using bellman::dual;
using bellman::interval;
using bellman::rational;
using bellman::rational512;
using bellman::test::approx_equal;
using bellman::test::cautious;
using bellman::test::go_round;
using bellman::test::true_at_both_times;
using models::battery;
using models::deed;

constexpr auto right_or_down = [](int s) { return s % 2 == 0 ? 2 : 1; };

// The cautious robot with a discount of 1/2: V(high) = 32/9, and the optimal one: T* V = V by hand.
template <class R>
constexpr bool the_robot_has_its_values(R const& tolerance) {
  models::recycling_robot<R> const robot{};
  auto const v = bellman::state_value(robot, cautious, R(1) / R(2));
  auto const best = bellman::solve(robot, R(1) / R(2));
  static_assert(std::same_as<std::remove_cvref_t<decltype(v(battery::high))>, R>);
  static_assert(std::same_as<std::remove_cvref_t<decltype(best.value(battery::high))>, R>);
  auto const near = [&](R const& x, R const& y) { return !(tolerance < x - y) && !(tolerance < y - x); };
  // Searching when high; when low, waiting: l = 1 + l/2 = 2, h = 2 + (3/4 h + 1/4 l) / 2 = 18/5.
  return near(v(battery::high), R(32) / R(9)) && near(v(battery::low), R(16) / R(9)) &&
         near(best.value(battery::high), R(18) / R(5)) && near(best.value(battery::low), R(2)) &&
         best.policy.optimal_actions(battery::low).size() == 1 &&
         best.policy.optimal_actions(battery::low)[0] == deed::wait;
}

// The lake with every probability of a third as the two doubles around it.
struct lake_of_intervals {
  using state_type = int;
  using action_type = int;
  using reward_type = interval<double>;

  models::frozen_lake<interval<double>> lake{};

  auto states() const { return lake.states(); }
  auto actions(int s) const { return lake.actions(s); }
  bool terminal(int s) const { return lake.terminal(s); }
  auto transition(int s, int a) const { return lake.transition(s, a); }
};

}  // namespace

TEST_CASE("the same algorithms run with every scalar") {
  CHECK(true_at_both_times([] { return the_robot_has_its_values<float>(1e-6f); }));
  CHECK(true_at_both_times([] { return the_robot_has_its_values<double>(1e-14); }));
  CHECK(true_at_both_times([] { return the_robot_has_its_values<long double>(1e-14L); }));
  CHECK(true_at_both_times([] { return the_robot_has_its_values<rational>(0); }));
  CHECK(true_at_both_times([] { return the_robot_has_its_values<boost::rational<bellman::checked<int>>>(0); }));
  CHECK(true_at_both_times([] { return the_robot_has_its_values<dual<rational>>(0); }));
  CHECK(the_robot_has_its_values<rational512>(0));
  CHECK(the_robot_has_its_values<boost::multiprecision::cpp_rational>(0));
}

TEST_CASE("an exact scalar that is too narrow is an error, and a wider one is not") {
  // Uniformly random play on the lake has denominators of more than 64 bits on the way to its values.
  auto const any = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
  CHECK_THROWS_AS(bellman::state_value(models::frozen_lake<rational, models::lake_8x8>{}, any, rational(99, 100)),
                  std::overflow_error);
  auto const v = bellman::state_value(models::frozen_lake<rational512>{}, any, rational512(99, 100));
  CHECK(approx_equal(bellman::to_double(v(0)), 0.01235613732516322, 1e-12));
}

TEST_CASE("a dual discount gives the derivative of a value by the discount") {
  // V(0) = (3 - g) / (1 - g^2), so dV/dg = (-1 + 6 g - g^2) / (1 - g^2)^2.
  CHECK(true_at_both_times([] {
    auto const g = dual<rational>::variable(rational(1, 2));
    auto const v = bellman::state_value(models::two_state_cycle<rational>{}, go_round, g)(0);
    return v.value == rational(10, 3) && v.derivative[0] == rational(7, 4) / rational(9, 16);
  }));
  // The best policy goes round too: it has the value of staying in 1 for no discount below 1.
  CHECK(true_at_both_times([] {
    auto const g = dual<rational>::variable(rational(19, 20));
    auto const v = bellman::solve(models::two_state_example<rational>(), g).value(1);  // -1 / (1 - g)
    return v.value == rational(-20) && v.derivative[0] == rational(-400);
  }));
}

TEST_CASE("dual rewards and probabilities give the gradient of a value") {
  // With l = g h: h = r / (1 - g a - g^2 (1 - a)), by the reward r of searching and by the probability a to stay high.
  CHECK(true_at_both_times([] {
    using d = dual<rational, 2>;
    models::recycling_robot<d> robot{};
    robot.r_search = d::variable(rational(2), 0);
    robot.alpha = d::variable(rational(3, 4), 1);
    auto const h = bellman::state_value(robot, cautious, rational(1, 2))(battery::high);
    // By r: 1 / (9/16); by a: r (g - g^2) / (9/16)^2.
    return h.value == rational(32, 9) && h.derivative[0] == rational(16, 9) && h.derivative[1] == rational(128, 81);
  }));
  // A policy's own parameter: staying in 1 with probability x, else going: V(1) by x.
  CHECK(true_at_both_times([] {
    using d = dual<rational>;
    auto const policy = [](int s) {
      auto const x = d::variable(rational(1, 2));
      d const stay = s == 1 ? x : d(0);
      return std::array{bellman::weighted{0, stay}, bellman::weighted{1, d(1) - stay}};
    };
    // v0 = 3 + g v1, v1 = x (1 + g v1) + (1 - x) (-1 + g v0); with g = 1/2:
    // v1 (1 - x/2 - (1 - x)/4) = 2 x - 1 + 3/2 (1 - x), so v1 = (1/2 + x/2) / (3/4 - x/4) = 2 (1 + x) / (3 - x).
    auto const v = bellman::state_value(models::two_state_cycle<d>{}, policy, rational(1, 2))(1);
    return v.value == rational(6, 5) && v.derivative[0] == rational(32, 25);  // 8 / (3 - x)^2
  }));
}

TEST_CASE("intervals contain the exact value and are narrow") {
  models::frozen_lake<rational512> const exact_lake{};
  auto const exact = bellman::state_value(exact_lake, right_or_down, rational512(9, 10));
  auto const enclosed =
      bellman::state_value(lake_of_intervals{}, right_or_down, interval<double>(9) / interval<double>(10));
  for (int s = 0; s < 16; ++s) {
    interval<double> const x = enclosed(s);
    // A double is a fraction of a power of two: scaled by 2^60 the bounds of these values are integers.
    auto const bound = [](double b) { return rational512(static_cast<long long>(b * 0x1p60), 1LL << 60); };
    CHECK(bound(x.lower()) <= exact(s));
    CHECK(exact(s) <= bound(x.upper()));
    CHECK(x.width() < 1e-13);
  }
}

TEST_CASE("intervals contain the best value") {
  CHECK(true_at_both_times([] {
    models::recycling_robot<interval<double>> const robot{};
    auto const best = bellman::solve(robot, interval<double>(1) / interval<double>(2));
    interval<double> const high = best.value(battery::high);  // 18/5
    return (high * interval<double>(5)).contains(18.0) && high.width() < 1e-14;
  }));
}

TEST_CASE("vectors of rewards have the values of their components") {
  // One reward for cans, one for being carried home, one for both: the third is the sum of the others.
  using vector = coordinates<rational, 3>;
  struct robot_of_three_rewards {
    using state_type = battery;
    using action_type = deed;
    using reward_type = vector;

    models::recycling_robot<rational> robot{};

    constexpr auto states() const { return robot.states(); }
    constexpr auto actions(battery s) const { return robot.actions(s); }
    constexpr bool terminal(battery) const { return false; }
    constexpr auto transition(battery s, deed a) const {
      std::vector<bellman::weighted<bellman::outcome<vector, battery>, rational>> all;
      for (auto const& e : robot.transition(s, a)) {
        rational const r = e.value.reward;
        rational const zero(0);
        all.push_back({{r < zero ? vector{zero, r, r} : vector{r, zero, r}, e.value.next}, e.probability});
      }
      return all;
    }
  };
  CHECK(true_at_both_times([] {
    auto const bold = [](battery) { return deed::search; };
    rational const g(1, 2);
    robot_of_three_rewards const env{};
    auto const v = bellman::state_value(env, bold, g);
    auto const a = bellman::advantage(bellman::action_value(env, g, v), v);
    auto const scalar = bellman::state_value(env.robot, bold, g);
    auto const scalar_a = bellman::advantage(bellman::action_value(env.robot, g, scalar), scalar);
    for (battery s : {battery::high, battery::low}) {
      if (v(s)[0] + v(s)[1] != v(s)[2] || v(s)[2] != scalar(s) || !(v(s)[1] < rational(0))) return false;
      for (deed d : env.actions(s)) {
        if (a(s, d)[2] != scalar_a(s, d) || a(s, d)[0] + a(s, d)[1] != a(s, d)[2]) return false;
      }
    }
    return true;
  }));
}

TEST_CASE("arrays of rewards are vectors too") {
  CHECK(true_at_both_times([] {
    using array = std::array<rational, 2>;
    struct cycle {
      using state_type = int;
      using action_type = int;
      using reward_type = array;
      constexpr auto states() const { return std::views::iota(0, 2); }
      constexpr auto actions(int) const { return std::views::single(1); }
      constexpr bool terminal(int) const { return false; }
      constexpr auto transition(int s, int) const {
        return bellman::dirac{
            bellman::outcome{s == 0 ? array{rational(3), rational(0)} : array{rational(-1), rational(1)}, 1 - s}};
      }
    };
    rational const g(2, 3);
    auto const v = bellman::state_value(cycle{}, go_round, g);
    auto const a = bellman::advantage(bellman::action_value(cycle{}, g, v), v);
    // As the two-state cycle, and g / (1 - g^2).
    return v(0) == array{rational(21, 5), rational(6, 5)} && a(1, 1) == array{};
  }));
}

TEST_CASE("rewards that are integers have values in the discount's scalar") {
  CHECK(true_at_both_times([] {
    auto const v = bellman::state_value(models::two_state_cycle<int>{}, go_round, 0.5);
    return v(0) == 10.0 / 3 && std::same_as<std::remove_cvref_t<decltype(v(0))>, double>;
  }));
}
