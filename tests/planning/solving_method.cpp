// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/solving_method.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/magnitude.hpp>

#include <concepts>
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

// A solver as one adds it from outside: value iteration with a fixed number of sweeps, whose error is the last change
// times gamma / (1 - gamma).
struct value_iteration {
  int sweeps;

  template <class Problem>
  constexpr auto operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    std::vector<V> v(problem.table().size(), V(0));
    std::vector<V> next = v;
    V change(0);
    for (int k = 0; k < sweeps; ++k) {
      bellman::sweep(problem.op(), problem.table(), std::span<V const>(v), std::span<V>(next));
      change = V(0);
      for (bellman::index_t s = 0; s < v.size(); ++s) {
        change = bellman::maximum(change, bellman::magnitude(V(next[s] - v[s])));
      }
      std::swap(v, next);
    }
    V const gamma(problem.gamma());
    return bellman::bounded_values<V>{v, change * gamma / (V(1) - gamma)};
  }
};

struct forgetful {
  template <class Problem>
  constexpr auto operator()(Problem const&) const {
    return bellman::bounded_values<typename Problem::value_type>{};
  }
};

struct no_method {
  int sweeps;
};

}  // namespace

template <>
inline constexpr bool bellman::is_solving_method_v<value_iteration> = true;
template <>
inline constexpr bool bellman::is_solving_method_v<forgetful> = true;

TEST_CASE("a solving method is what a trait says is one") {
  STATIC_REQUIRE(bellman::solving_method<bellman::automatic> && bellman::solving_method<bellman::elimination>);
  STATIC_REQUIRE(bellman::solving_method<bellman::iteration> && bellman::solving_method<value_iteration>);
  STATIC_REQUIRE(!bellman::solving_method<no_method> && !bellman::solving_method<int>);
}

TEST_CASE("value iteration with a fixed number of sweeps has the values of so many applications, exactly") {
  CHECK(true_at_both_times([] {
    using models::battery;
    rational const g(1, 2);
    auto const v = bellman::state_value(models::recycling_robot<rational>{}, cautious, g, value_iteration{2});
    // h: 2, then 2 + 1/2 (3/4 * 2); l: 0, then 1/2 * 2. The last change is 1, the fixed point 32/9 and 16/9.
    return v(battery::high) == rational(11, 4) && v(battery::low) == rational(1) && v.error_bound() == rational(1) &&
           rational(32, 9) - v(battery::high) < v.error_bound() && rational(16, 9) - v(battery::low) < v.error_bound();
  }));
}

TEST_CASE("a solver of one's own finds the values that the library's find, within its bound") {
  models::frozen_lake<double> const lake{models::lake_8x8, 8};
  auto const any = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
  auto const mean = bellman::state_value(lake, any, 0.9);
  auto const best = bellman::solve(lake, 0.9);
  value_iteration const method{200};
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

TEST_CASE("an action that the bound of a method leaves open is a tie") {
  models::recycling_robot<double> const robot{};
  auto const of_low = [&](auto method) {
    return bellman::solve(robot, 0.5, method).policy.optimal_actions(models::battery::low).size();
  };
  CHECK(of_low(value_iteration{60}) == 1);
  CHECK(of_low(value_iteration{1}) == 3);  // an error of up to 2: all may be the best
}

TEST_CASE("a method that does not give one value for each state is refused") {
  CHECK(message_of([] {
          bellman::solve(models::recycling_robot<double>{}, 0.5, forgetful{});
        }) == "bellman: the solving method gave 0 values for a table of 2 states; there must be one for each");
}
