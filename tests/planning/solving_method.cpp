// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/solving_method.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/probability/uniform.hpp>

#include <cstddef>
#include <limits>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/recycling_robot.hpp"
#include "planning/cases.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::rational;
using bellman::test::absolutely_close;
using bellman::test::cautious;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

// A solver as one adds it from outside: a fixed number of sweeps. How far it came, the library finds out.
struct some_sweeps {
  int sweeps;

  template <class Problem>
  constexpr auto operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    std::vector<V> v(problem.table().size(), V(0));
    std::vector<V> next = v;
    for (int k = 0; k < sweeps; ++k) {
      bellman::sweep(problem.op(), problem.table(), std::span<V const>(v), std::span<V>(next));
      std::swap(v, next);
    }
    return v;
  }
};

// What returns nonsense.
struct nonsense {
  double value;
  std::size_t more = 0;
  std::size_t fewer = 0;

  template <class Problem>
  constexpr auto operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    return std::vector<V>(problem.table().size() + more - fewer, V(value));
  }
};

struct no_method {
  int sweeps;
};

}  // namespace

template <>
inline constexpr bool bellman::is_solving_method_v<some_sweeps> = true;
template <>
inline constexpr bool bellman::is_solving_method_v<nonsense> = true;

TEST_CASE("a solving method is what a trait says is one") {
  STATIC_REQUIRE(bellman::solving_method<bellman::automatic> && bellman::solving_method<bellman::elimination>);
  STATIC_REQUIRE(bellman::solving_method<bellman::iteration> && bellman::solving_method<some_sweeps>);
  STATIC_REQUIRE(!bellman::solving_method<no_method> && !bellman::solving_method<int>);
}

TEST_CASE("value iteration with a fixed number of sweeps has the values of so many applications, exactly") {
  CHECK(true_at_both_times([] {
    using models::battery;
    rational const g(1, 2);
    auto const v = bellman::state_value(models::recycling_robot<rational>{}, cautious, g, some_sweeps{2});
    // h: 2, then 2 + 1/2 (3/4 * 2); l: 0, then 1/2 * 2. The fixed point is 32/9 and 16/9.
    return v(battery::high) == rational(11, 4) && v(battery::low) == rational(1) &&
           v.lower(battery::high) == rational(11, 4) && rational(32, 9) <= v.upper(battery::high) &&
           rational(16, 9) <= v.upper(battery::low) && v.error_bound() < rational(2) &&
           v.stopped() == bellman::stop::rounding;
  }));
}

TEST_CASE("a solver of one's own finds the values that the library's find, within its bound") {
  models::frozen_lake<double, models::lake_8x8> const lake{};
  auto const any = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
  auto const mean = bellman::state_value(lake, any, 0.9);
  auto const best = bellman::solve(lake, 0.9);
  some_sweeps const method{200};
  auto const v = bellman::state_value(lake, any, 0.9, method);
  auto const from_start = bellman::state_value(lake, any, 0.9, 0, method);
  auto const w = bellman::solve(lake, 0.9, method).value;
  auto const w_from_start = bellman::solve(lake, 0.9, 0, method).value;
  for (int s = 0; s < 64; ++s) {
    CHECK(absolutely_close(v(s), mean(s), v.error_bound() + 1e-15));
    CHECK(absolutely_close(w(s), best.value(s), w.error_bound() + 1e-15));
  }
  CHECK(absolutely_close(from_start(0), mean(0), from_start.error_bound() + 1e-15));
  CHECK(absolutely_close(w_from_start(0), best.value(0), w_from_start.error_bound() + 1e-15));
  CHECK(w.error_bound() <= 1e-6);
}

TEST_CASE("an action that the bound of a method leaves open is kept") {
  models::recycling_robot<double> const robot{};
  auto const of_low = [&](auto method) {
    return bellman::solve(robot, 0.5, method).policy.optimal_actions(models::battery::low).size();
  };
  CHECK(of_low(some_sweeps{60}) == 1);
  CHECK(of_low(some_sweeps{0}) == 3);  // an error of up to 4: all may be the best
}

TEST_CASE("a method that does not give one value for each state is refused") {
  models::recycling_robot<double> const robot{};
  CHECK(message_of([&] {
          bellman::solve(robot, 0.5, nonsense{0.0, 0, 2});
        }) == "bellman: the solving method gave 0 values for a table of 2 states; there must be one for each");
  CHECK(message_of([&] {
          bellman::state_value(robot, cautious, 0.5, nonsense{0.0, 1});
        }) == "bellman: the solving method gave 3 values for a table of 2 states; there must be one for each");
}

TEST_CASE("a method that gives what is no finite number is refused, and what is far off has a large bound") {
  models::recycling_robot<double> const robot{};
  for (double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                     -std::numeric_limits<double>::infinity()}) {
    CHECK(message_of([&] { bellman::solve(robot, 0.5, nonsense{bad}); }) ==
          "bellman: in state 0 (0) the value leaves the range of the numbers; the rewards must be smaller, or their "
          "type wider");
  }
  auto const exact = bellman::solve(robot, 0.5).value;
  for (double far : {-1e300, -1e15, -1.0, 1e15, 1e300}) {
    auto const v = bellman::solve(robot, 0.5, nonsense{far}).value;
    CHECK(v.lower(models::battery::high) <= exact(models::battery::high));
    CHECK(exact(models::battery::high) <= v.upper(models::battery::high));
    CHECK(v.error_bound() >= (far < 0 ? -far : far) / 2);
  }
}

TEST_CASE("a method that forgets that nothing follows a terminal state is refused") {
  CHECK(message_of([] {
          bellman::solve(models::frozen_lake<double>{}, 0.5, nonsense{1.0});
        }) == "bellman: the value of state 5 (5) is not 0, and the state is terminal; it must be 0");
}
