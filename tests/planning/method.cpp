// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/method.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <cmath>
#include <concepts>
#include <limits>
#include <ranges>
#include <string>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/path.hpp"
#include "models/textbook.hpp"
#include "models/two_state_cycle.hpp"
#include "planning/cases.hpp"
#include "planning/contains.hpp"
#include "planning/ring.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace planning_method {

using bellman::automatic;
using bellman::elimination;
using bellman::evaluate_by;
using bellman::gauss_seidel;
using bellman::iteration;
using bellman::method;
using bellman::rational;
using bellman::stop;
using bellman::sweep_order;
using bellman::value_iteration;
using bellman::test::absolutely_close;
using bellman::test::approx_equal;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::go_round;
using bellman::test::message_of;
using bellman::test::ring;
using bellman::test::true_at_both_times;
using models::mdp_of_rows;

constexpr auto first = [](auto const&) { return 0; };

template <class X>
double largest(X const& x) {
  double most = 0;
  for (double v : x.values()) most = std::fmax(most, std::fabs(v));
  return most;
}

TEST_CASE("named methods are settings of the one loop") {
  STATIC_REQUIRE(std::convertible_to<automatic, method> && std::convertible_to<elimination, method>);
  STATIC_REQUIRE(std::convertible_to<iteration, method> && std::convertible_to<value_iteration, method>);
  STATIC_REQUIRE(std::convertible_to<gauss_seidel, method>);
  STATIC_REQUIRE(method(automatic{1e-3, bellman::resting::worth_nothing}).rest == bellman::resting::worth_nothing);
  STATIC_REQUIRE(method(automatic{1e-3}).tolerance == 1e-3);
  STATIC_REQUIRE(method(elimination{}).tolerance == 0);
  STATIC_REQUIRE(method(iteration{1e-3}).partial_sweeps > 0);
  STATIC_REQUIRE(method(value_iteration{}).order == sweep_order::simultaneous);
  STATIC_REQUIRE(!method(value_iteration{}).by_components && method(value_iteration{}).partial_sweeps == 0);
  STATIC_REQUIRE(method(gauss_seidel{}).order == sweep_order::in_place);
}

TEST_CASE("exact scalars are solved exactly, whatever the method") {
  CHECK(true_at_both_times([] {
    // (3 - g) / (1 - g^2) at g = 1/2
    auto const is_exact = [](auto const& how) {
      auto const v = bellman::state_value(cycle{}, go_round, rational(1, 2), how);
      return v(0) == rational(10, 3) && v.error_bound() == rational(0) && v.lower(1) == v.upper(1) &&
             v.stopped() == stop::certified;
    };
    return is_exact(automatic{}) && is_exact(elimination{}) && is_exact(iteration{1.0}) &&
           is_exact(value_iteration{1.0}) && is_exact(gauss_seidel{}) && is_exact(method{.most_sweeps = 0});
  }));
}

TEST_CASE("what comes back only by chance is eliminated with what it ends in") {
  CHECK(true_at_both_times([] {
    // Gambler's ruin: from s of 1 to 5 the right end is reached with s/6.
    auto const v = bellman::state_value(models::random_walk<rational>{}, first, rational(1), elimination{});
    for (int s = 1; s < 6; ++s) {
      if (v(s) != rational(s, 6)) return false;
    }
    return v(0) == rational(0) && v(6) == rational(0);
  }));
}

TEST_CASE("a tolerance is relative to the largest value") {
  auto const any = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
  models::frozen_lake<double, models::lake_8x8> const lake{};
  auto const eliminated = bellman::state_value(lake, any, 0.99, elimination{});
  for (double tolerance : {1e-2, 1e-6, 1e-9}) {
    auto const iterated = bellman::state_value(lake, any, 0.99, iteration{tolerance});
    auto const best = bellman::solve(lake, 0.99, iteration{tolerance}).value;
    CHECK(iterated.stopped() == stop::certified);
    CHECK(iterated.error_bound() <= 1.5 * tolerance * largest(iterated));
    CHECK(best.error_bound() <= 1.5 * tolerance * largest(best));
    for (int s = 0; s < 64; ++s) {
      CHECK(iterated.lower(s) <= eliminated.upper(s));
      CHECK(eliminated.lower(s) <= iterated.upper(s));
    }
    // Gymnasium's model, solved by policy iteration with SuperLU to 1e-14 (see frozen_lake.cpp).
    CHECK(absolutely_close(best(0), 0.41464036179998764, best.error_bound() + 1e-14));
  }
}

TEST_CASE("what a method does costs the same in another unit of reward") {
  auto const in_units_of = [](double unit) { return ring<double>{600, unit}; };
  auto const one = bellman::solve(in_units_of(1.0), 0.99, iteration{1e-9}).value;
  for (double unit : {0x1p-996, 0x1p-40, 0x1p300, 0x1p996}) {
    auto const v = bellman::solve(in_units_of(unit), 0.99, iteration{1e-9}).value;
    for (int s = 0; s < 600; s += 7) {
      CHECK(absolutely_close(v(s), unit * one(s), v.error_bound() + unit * one.error_bound()));
    }
    CHECK(v.error_bound() <= 1.5e-9 * largest(v));
    CHECK(v.sweeps() <= one.sweeps() + 1);
  }
}

TEST_CASE("with a tolerance of 0 a method goes as far as rounding allows, and says so") {
  auto const exact = [](int s) { return std::pow(0.9, (100 - s) % 100) / (1 - std::pow(0.9, 100)); };
  auto const check = [&](auto const& how) {
    auto const v = bellman::solve(ring<double>{100}, 0.9, how).value;
    CHECK(v.stopped() == stop::rounding);
    CHECK(v.error_bound() > 0);
    CHECK(v.error_bound() < 1e-12);
    for (int s = 0; s < 100; ++s) CHECK(absolutely_close(v(s), exact(s), v.error_bound() + 1e-15));
  };
  check(automatic{0.0});
  check(elimination{});
  check(iteration{0.0});
  check(value_iteration{0.0});
  check(gauss_seidel{0.0});
  check(method{.tolerance = 0, .evaluation = evaluate_by::krylov});
}

TEST_CASE("a method stops at its cap, with the best that is known until then") {
  auto const check = [](method how) {
    how.most_sweeps = 3;
    auto const v = bellman::solve(ring<double>{100}, 0.999, how).value;
    double const round = 1 / (1 - std::pow(0.999, 100));
    CHECK(v.stopped() == stop::cap);
    CHECK(v.error_bound() > 1e-6);
    // A sweep changes nothing by more than the reward, 1, so no value is off by more than 1 / (1 - 0.999).
    CHECK(v.error_bound() <= 1000 * (1 + 1e-12));
    for (int s = 0; s < 100; ++s) {
      double const exact = std::pow(0.999, (100 - s) % 100) * round;
      CHECK(v.lower(s) <= exact * (1 + 1e-12));
      CHECK(exact * (1 - 1e-12) <= v.upper(s));
    }
  };
  check(value_iteration{});
  check(gauss_seidel{});
  check(iteration{});
}

TEST_CASE("a component is solved after what it leads to, or all are swept together: the values are the same") {
  // A path of 200 steps: each state is a component of its own, and one backward sweep is enough.
  auto const path = ring<double>{200, 1.0, /*ends=*/true};
  auto const apart = bellman::state_value(path, first, 1.0, iteration{});
  auto const together = bellman::state_value(path, first, 1.0, value_iteration{});
  CHECK(apart.sweeps() < 10);
  CHECK(together.sweeps() > 200);
  for (int s = 0; s < 200; ++s) {
    CHECK(apart.lower(s) <= together.upper(s));
    CHECK(together.lower(s) <= apart.upper(s));
  }
}

TEST_CASE("few states are eliminated, more are swept, and eliminated after all where sweeps would take longer") {
  auto const few = bellman::solve(ring<double>{64}, 0.99).value;
  auto const more = bellman::solve(ring<double>{600}, 0.99).value;
  // Every 600 steps 1 is paid: about 1 / (600 (1 - g)).
  auto const long_way = bellman::state_value(ring<double>{600}, first, 0.9999999);
  CHECK(few.sweeps() < 20);
  CHECK(few.error_bound() < 1e-12);
  double const round = 1 / (1 - std::pow(0.99, 600));
  for (int s = 0; s < 600; ++s) {
    CHECK(absolutely_close(more(s), std::pow(0.99, (600 - s) % 600) * round, more.error_bound() + 1e-12));
  }
  CHECK(long_way.sweeps() < 100);
  CHECK(approx_equal(long_way(0), 1 / (1 - std::pow(0.9999999, 600)), 1e-6));
}

TEST_CASE("sweeps may run in a constant expression") {
  CHECK(true_at_both_times([] {
    auto const is_near = [](auto const& how) {
      auto const v = bellman::state_value(models::two_state_cycle<double>{}, go_round, 0.5, how);
      return absolutely_close(v(0), 10.0 / 3, 1e-5) && v.error_bound() <= 1e-5;
    };
    return is_near(iteration{1e-6}) && is_near(value_iteration{1e-6}) && is_near(gauss_seidel{1e-6}) &&
           is_near(method{.tolerance = 1e-6, .evaluation = evaluate_by::krylov});
  }));
}

TEST_CASE("a discount of 1 can be swept where a policy ends, and is refused where it does not") {
  auto const may_end = mdp_of_rows<double>(2, {{0, 0, 0.5, 0, 1.0}, {0, 0, 0.5, 1, 1.0}});
  for (method const& how : {method(iteration{}), method(value_iteration{}), method(gauss_seidel{})}) {
    CHECK(absolutely_close(bellman::state_value(may_end, first, 1.0, how)(0), 2.0, 1e-8));
    CHECK(contains(message_of([&] { bellman::state_value(models::two_state_cycle<double>{}, go_round, 1.0, how); }),
                   "the policy never ends"));
    CHECK_THROWS_AS(bellman::solve(models::two_state_cycle<double>{}, 1.0, how), bellman::invalid_value);
  }
}

TEST_CASE("a tolerance below 0 is refused, and 0 is not") {
  for (double bad : {-1e-9, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(bellman::solve(models::two_state_cycle<double>{}, 0.5, iteration{bad}), bellman::invalid_value);
  }
  CHECK(message_of([] { bellman::solve(models::two_state_cycle<double>{}, 0.5, automatic{-0.5}); }) ==
        "bellman: the tolerance is -0.5; it must be at least 0");
  CHECK(bellman::solve(models::two_state_cycle<double>{}, 0.5, iteration{0.0}).value(0) > 3.99);
}

}  // namespace planning_method
