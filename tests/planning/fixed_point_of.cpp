// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/fixed_point_of.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/planning/value_iterates.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/discount.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "models/two_state_cycle.hpp"
#include "planning/cases.hpp"
#include "planning/contains.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/number_in.hpp"

namespace planning_fixed_point_of {

using bellman::bellman_expectation;
using bellman::bellman_optimality;
using bellman::bellman_soft;
using bellman::fixed_point_of;
using bellman::index_t;
using bellman::no_index;
using bellman::rational;
using bellman::tabulate;
using bellman::test::approx_equal;
using bellman::test::contains;
using bellman::test::go_round;
using bellman::test::message_of;
using bellman::test::number_in;
using bellman::test::one;
using bellman::test::true_at_both_times;
using models::mdp_of_rows;

TEST_CASE("an operator leaves its fixed point as it is, and each state has the slot that attains it") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::recycling_robot<rational>{});
    auto const op = bellman_optimality(t, rational(1, 2));
    auto const x = fixed_point_of(op);
    std::vector<rational> once(t.size(), rational(0));
    bellman::sweep(op, t, std::span<rational const>(x.values), std::span<rational>(once));
    auto const q = bellman::action_value(t, rational(1, 2), [&](index_t s) { return x.values[s]; });
    return once == x.values && q(0, x.slots[0]) == x.values[0] && q(1, x.slots[1]) == x.values[1] &&
           x.below == std::vector{rational(0), rational(0)} && x.above == x.below;
  }));
}

TEST_CASE("a policy may be a table or any policy") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::two_state_cycle<rational>{});
    rational const g(2, 3);
    // (3 - g) / (1 - g^2) and (3 g - 1) / (1 - g^2)
    auto const of_table = fixed_point_of(bellman_expectation(t, tabulate(t, go_round), g));
    auto const of_rule = fixed_point_of(bellman_expectation(
        t, [](index_t s) { return 2 * s + 1; }, g));
    return of_table.values == std::vector{rational(21, 5), rational(9, 5)} && of_rule.values == of_table.values &&
           of_table.slots[0] == no_index;
  }));
}

// Actions whose names are not in the order of their slots: 1 pays 10, 0 pays 3.
struct renamed {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  auto states() const { return std::views::iota(0, 2); }
  auto actions(int) const { return std::array{1, 0}; }
  bool terminal(int s) const { return s == 1; }
  auto transition(int, int a) const { return bellman::dirac{bellman::outcome{a == 1 ? 10.0 : 3.0, 1}}; }
};

TEST_CASE("the policy of an operator over a table answers with slots, whatever the environment calls its actions") {
  auto const t = tabulate(renamed{});
  auto const op = bellman_expectation(
      t, [](index_t) { return index_t{0}; }, 0.5);
  auto const x = fixed_point_of(op);
  CHECK(x.values[0] == 10.0);
  CHECK(op([&](index_t s) { return x.values[s]; })(0) == 10.0);
  auto const wrong = bellman_expectation(
      t, [](index_t) { return index_t{2}; }, 0.5);
  CHECK(contains(message_of([&] { fixed_point_of(wrong); }), "in state 0 (0) the policy names action 2"));
}

TEST_CASE("a soft operator has a fixed point with bounds") {
  auto const t = tabulate(models::frozen_lake<double>{});
  for (double temperature : {1e-3, 0.1, 1.0}) {
    auto const op = bellman_soft(t, 0.9, temperature);
    auto const x = fixed_point_of(op);
    std::vector<double> once(t.size(), 0.0);
    bellman::sweep(op, t, std::span<double const>(x.values), std::span<double>(once));
    for (std::size_t s = 0; s < once.size(); ++s) {
      CHECK(once[s] <= x.values[s] + x.above[s] + 1e-15);
      CHECK(x.values[s] - x.below[s] <= once[s] + 1e-15);
      CHECK(x.above[s] < 1e-8);
    }
  }
  // One state, two actions that pay 1: V = 1 + V / 2 for a mean of exponentials.
  auto const one_state = tabulate(mdp_of_rows<double>(1, {{0, 0, 1.0, 0, 1.0}, {0, 1, 1.0, 0, 1.0}}));
  auto const mean = fixed_point_of(bellman_soft(one_state, 0.5, 1.0));
  CHECK(mean.values[0] - mean.below[0] <= 2.0);
  CHECK(2.0 <= mean.values[0] + mean.above[0]);
}

TEST_CASE("an operator over numbers with derivatives has bounds of its values") {
  using D = bellman::dual<double>;
  auto const t = tabulate(models::two_state_cycle<double>{});
  auto const x = fixed_point_of(bellman_expectation(t, tabulate(t, go_round), D::variable(0.5)));
  CHECK(approx_equal(x.values[0].value, 10.0 / 3, 1e-14));
  // (-1 + 6 g - g^2) / (1 - g^2)^2
  CHECK(approx_equal(x.values[0].derivative[0], 1.75 / 0.5625, 1e-14));
  CHECK(x.above[0].value < 1e-13);
  CHECK(x.above[0].value > 0);
}

TEST_CASE("a soft operator whose reference is a policy has derivatives") {
  using D = bellman::dual<double>;
  // The reference never takes but the second action: V is what that pays, with the slope 1.
  auto const paid = tabulate(mdp_of_rows<D>(2, {{0, 0, D(1.0), 1, D(9.0)}, {0, 1, D(1.0), 1, D::variable(5.0)}}));
  auto const second = [](auto s) { return static_cast<index_t>(2 * s + 1); };
  auto const check = [](auto const& x) {
    CHECK(approx_equal(x.values[0].value, 5.0, 1e-14));
    CHECK(approx_equal(x.values[0].derivative[0], 1.0, 1e-14));
    CHECK(5.0 <= x.values[0].value + x.above[0].value);
    CHECK(x.above[0].value < 1e-12);
  };
  check(fixed_point_of(bellman_soft(paid, 0.5, 1.0, second)));
  auto const soft = bellman_soft(paid, 0.5, 1.0, tabulate(paid, second));
  check(fixed_point_of(soft));
  std::size_t sweeps = 0;
  for (auto const& now : bellman::value_iterates(soft)) {
    sweeps = now.sweeps;
    if (sweeps == 1) check(now.value.bounded());
  }
  CHECK(sweeps == 1);
  CHECK(approx_equal(bellman::solve(soft)(0).derivative[0], 1.0, 1e-14));

  // Nothing with 1 - p, or log 3 with p = 1/2: V = log(1 - p + 3 p), whose slope is (3 - 1) / 2.
  auto const t = tabulate(mdp_of_rows<double>(2, {{0, 0, 1.0, 1, 0.0}, {0, 1, 1.0, 1, std::log(3.0)}}));
  D const p = D::variable(0.5);
  auto const by_chance = [p](index_t s) {
    return std::array{bellman::weighted{index_t(2 * s), 1.0 - p}, bellman::weighted{index_t(2 * s + 1), p}};
  };
  auto const x = fixed_point_of(bellman_soft(t, 0.5, 1.0, by_chance));
  CHECK(approx_equal(x.values[0].value, std::log(2.0), 1e-14));
  CHECK(approx_equal(x.values[0].derivative[0], 1.0, 1e-14));

  // What a choice of one's own is without derivatives is not known.
  auto const own = [p](auto const&, index_t s, auto const& q) { return bellman::product(p, q(2 * s)); };
  using op = decltype(bellman::bellman_operator(t, own, bellman::discount(0.5)));
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(fixed_point_of), op>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::value_iterates), op>);
}

// --- Size and range ------------------------------------------------------------------------------------------------------

// States each of which leads to the next, with `back` sometimes to the one before it.
struct chain {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  int n;
  bool back = false;

  auto states() const { return std::views::iota(0, n + 1); }
  auto actions(int) const { return std::views::single(0); }
  bool terminal(int s) const { return s == n; }
  auto transition(int s, int) const {
    double const p = back && s > 0 ? 0.125 : 0.0;
    return std::array{bellman::weighted{bellman::outcome{-1.0, s + 1}, 1 - p},
                      bellman::weighted{bellman::outcome{-1.0, s > 0 ? s - 1 : 0}, p}};
  }
};

// A million with BELLMAN_STATES=1000000, which without optimisation takes some seconds.
TEST_CASE("a long chain is solved without recursion") {
  int const n = static_cast<int>(number_in("BELLMAN_STATES", 100'000));
  auto const t = tabulate(chain{n});
  auto const x = fixed_point_of(bellman_optimality(t, 1.0));
  CHECK(x.values[0] == -n);
  CHECK(x.sweeps < 10);
  // One sum a state, of numbers up to n, each of which may be rounded by a unit in the last place.
  double const most = std::numeric_limits<double>::epsilon() * n * n;
  CHECK(x.above[0] <= most);
  CHECK(x.below[0] <= most);
}

TEST_CASE("a chain that may go back, one component of 20,000 states, is solved in few sweeps") {
  int const n = 20'000;
  auto const t = tabulate(chain{n, true});
  auto const x = fixed_point_of(bellman_optimality(t, 1.0));
  // From state s to the next it takes d(s) = 1 + (d(s - 1) + d(s)) / 8 steps, and d(0) = 1: d(s) = 4/3 - 7^-s / 3. The
  // sum over all s is 4 n / 3 - 7/18, but for 7^-n.
  long double const exact = -(4.0L * n / 3 - 7.0L / 18);
  long double const v = x.values[0];
  CHECK(v - x.below[0] <= exact);
  CHECK(exact <= v + x.above[0]);
  CHECK(x.above[0] <= -1e-9 * exact);
  CHECK(x.below[0] <= -1e-9 * exact);
  CHECK(x.sweeps < 100);
}

TEST_CASE("rewards of 1e300 are no different, as long as the values are numbers") {
  auto const env = [](double pays) {
    return tabulate(mdp_of_rows<double>(3, {{0, 0, 0.5, 0, pays}, {0, 0, 0.5, 1, pays}, {1, 0, 1.0, 2, -pays}}));
  };
  auto const x = fixed_point_of(bellman_optimality(env(1e300), 1.0));
  CHECK(approx_equal(x.values[0], 1e300, 1e-14));
  CHECK(x.above[0] < 1e287);
  CHECK(contains(message_of([&] { fixed_point_of(bellman_optimality(env(1.7e308), 1.0)); }),
                 "the value leaves the range of the numbers; the rewards must be smaller, or their type wider"));
  auto const least = fixed_point_of(bellman_optimality(env(std::numeric_limits<double>::denorm_min()), 1.0));
  CHECK(least.values[0] - least.below[0] <= std::numeric_limits<double>::denorm_min());
}

TEST_CASE("the last discount below 1 has values with bounds that hold") {
  double const g = std::nextafter(1.0, 0.0);  // 1 - 2^-53
  // Staying pays 1 for ever: 2^53. Two states of mixed signs cancel each other: about 1/2.
  auto const stays = tabulate(mdp_of_rows<double>(1, {{0, 0, 1.0, 0, 1.0}}));
  auto const swings = tabulate(mdp_of_rows<double>(2, {{0, 0, 1.0, 1, 1.0}, {1, 0, 1.0, 0, -1.0}}));
  for (bellman::method const& how : {bellman::method(bellman::automatic{}), bellman::method(bellman::elimination{})}) {
    auto const x = fixed_point_of(bellman_optimality(stays, g), how);
    CHECK(x.values[0] == 0x1p53);
    CHECK(x.above[0] < 100.0);
    auto const y = fixed_point_of(bellman_optimality(swings, g), how);
    CHECK(y.values[0] - y.below[0] <= 0.5);
    CHECK(0.5 <= y.values[0] + y.above[0]);
  }
}

TEST_CASE("negative zeros are zeros") {
  auto const t = tabulate(mdp_of_rows<double>(3, {{0, 0, 1.0, 1, -0.0}, {0, 1, 1.0, 0, -0.0}, {1, 0, 1.0, 2, -0.0}}));
  auto const x = fixed_point_of(bellman_optimality(t, 1.0));
  CHECK(x.values[0] == 0.0);
  CHECK(x.above[0] == 0.0);
  CHECK(x.below[0] == 0.0);
}

// --- Tables with little in them ------------------------------------------------------------------------------------------

TEST_CASE("no states, one state and nothing but terminal ones have values") {
  CHECK(fixed_point_of(bellman_optimality(tabulate(models::listed_mdp<double>{}), 0.5)).values.empty());
  CHECK(fixed_point_of(bellman_optimality(tabulate(models::listed_mdp<double>{}), 1.0)).values.empty());
  models::listed_mdp<double> const ended{{{}, {}}};
  auto const none = fixed_point_of(bellman_optimality(tabulate(ended), 1.0), bellman::value_iteration{});
  CHECK(none.values == std::vector{0.0, 0.0});
  CHECK(none.sweeps == 0);
  auto const one_state =
      fixed_point_of(bellman_optimality(tabulate(mdp_of_rows<double>(1, {{0, 0, 1.0, 0, 0.0}})), 1.0));
  CHECK(one_state.values[0] == 0.0);
  CHECK(one_state.above[0] == 0.0);
}

// --- Refusals ------------------------------------------------------------------------------------------------------------

TEST_CASE("each refusal says which it is, and names the state") {
  auto const of = [](std::vector<models::listed_row<double>> const& rows, std::size_t n, auto const& how) {
    return message_of([&] { fixed_point_of(bellman_optimality(tabulate(mdp_of_rows<double>(n, rows)), 1.0), how); });
  };
  bellman::automatic const how;
  // 1 and 2 lead to each other for a cost and to nothing else.
  CHECK(of({{0, 0, 1.0, 3, 0.0}, {1, 0, 1.0, 2, -1.0}, {2, 0, 1.0, 1, -1.0}}, 4, how) ==
        "bellman: from state 1 (1) no policy ends, and with a discount of 1 its return has no value; the discount must "
        "be below 1, or every state must be able to reach a terminal one");
  // They may end, and gain as long as they do not.
  CHECK(
      of({{1, 0, 1.0, 2, -1.0}, {2, 0, 1.0, 1, 2.0}, {2, 1, 1.0, 3, 0.0}}, 4, how) ==
      "bellman: from state 1 (1) a policy that never ends does better than any that ends: it gains for ever, and with "
      "a discount of 1 its return has no value; the discount must be below 1, or going on must cost something");
  // They go round for nothing, and pay for ending.
  CHECK(of({{1, 0, 1.0, 2, 0.0}, {2, 0, 1.0, 1, 0.0}, {2, 1, 1.0, 3, -1.0}}, 4, how) ==
        "bellman: from state 1 (1) a policy that never ends does better than any that ends: it goes round for nothing "
        "for ever, and every way to end costs more; the discount must be below 1, or going on must cost something, or "
        "it must be said that it is worth nothing (resting::worth_nothing)");
  // A loop pays as much as it takes, which sums of doubles cannot tell.
  CHECK(
      contains(of({{1, 0, 1.0, 2, -0.1}, {2, 0, 1.0, 1, 0.1}, {2, 1, 1.0, 3, 0.3}}, 4, how),
               "no bound of the error can be certified (the last change was 0): a loop neither gains nor loses but for "
               "rounding, which an exact scalar can decide, or the method's sweeps are too few"));
  // Which an exact scalar can.
  auto const exact = tabulate(mdp_of_rows<rational>(
      4, {{1, 0, one, 2, rational(-1, 10)}, {2, 0, one, 1, rational(1, 10)}, {2, 1, one, 3, rational(3, 10)}}));
  CHECK(fixed_point_of(bellman_optimality(exact, one)).values[1] == rational(1, 5));
}

TEST_CASE("too few sweeps are said to be too few, or the bound is large") {
  auto const t = tabulate(models::frozen_lake<double, models::lake_8x8>{});
  auto const op = bellman_optimality(t, 1.0);
  bellman::method how = bellman::value_iteration{};
  how.most_sweeps = 5;
  auto const best = fixed_point_of(op);
  try {
    auto const x = fixed_point_of(op, how);
    CHECK(x.stopped == bellman::stop::cap);
    CHECK(x.values[0] + x.above[0] >= best.values[0] - best.below[0]);
  } catch (bellman::invalid_value const& error) {
    CHECK(contains(error.what(), "the method's sweeps are too few"));
  }
}

TEST_CASE("a fixed point is that of an operator over a table, by a method") {
  using op = decltype(bellman_optimality(tabulate(models::recycling_robot<double>{}), 0.5));
  using other = decltype(bellman_optimality(models::recycling_robot<double>{}, 0.5));
  STATIC_REQUIRE(std::is_invocable_v<decltype(fixed_point_of), op>);
  STATIC_REQUIRE(std::is_invocable_v<decltype(fixed_point_of), op, bellman::iteration>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(fixed_point_of), op, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(fixed_point_of), other>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(fixed_point_of), double>);
}

}  // namespace planning_fixed_point_of
