// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/certify.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <cstddef>
#include <limits>
#include <type_traits>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "models/two_state_cycle.hpp"
#include "planning/cases.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace planning_certify {

using bellman::bellman_expectation;
using bellman::bellman_optimality;
using bellman::certify;
using bellman::index_t;
using bellman::no_index;
using bellman::rational;
using bellman::tabulate;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using models::mdp_of_rows;

// In the two-state cycle, best is to go once and stay in 1: 4 and 2 at a discount of 1/2.
constexpr auto best_of_the_cycle = [] {
  return bellman_optimality(tabulate(models::two_state_cycle<rational>{}), rational(1, 2));
};

template <class V>
bool encloses(bellman::bounded_values<V> const& x, std::vector<V> const& exact) {
  for (std::size_t s = 0; s < exact.size(); ++s) {
    if (exact[s] < x.values[s] - x.below[s] || x.values[s] + x.above[s] < exact[s]) return false;
  }
  return true;
}

TEST_CASE("values that are the fixed point are certified with radii of 0, in exact scalars") {
  CHECK(true_at_both_times([] {
    auto const x = certify(best_of_the_cycle(), std::vector{rational(4), rational(2)});
    return x.below == std::vector{rational(0), rational(0)} && x.above == x.below && x.slots[0] == 1 &&
           x.slots[1] == 2 && x.stopped == bellman::stop::certified && x.sweeps == x.sweeps_to_certify;
  }));
}

TEST_CASE("values that are off are enclosed, each by as much as it may be off") {
  CHECK(true_at_both_times([] {
    // The true values are 4 and 2.
    auto const x = certify(best_of_the_cycle(), std::vector{rational(5), rational(0)});
    return x.values[0] == rational(5) && x.values[0] - x.below[0] <= rational(4) &&
           rational(2) <= x.values[1] + x.above[1] && x.values[1] - x.below[1] <= rational(2) &&
           rational(4) <= x.values[0] + x.above[0];
  }));
  auto const lake = tabulate(models::frozen_lake<double, models::lake_8x8>{});
  auto const op = bellman_optimality(lake, 0.99);
  auto const found = bellman::fixed_point_of(op);
  for (double by : {1e-300, 1e-12, 1e-3, 1.0, 1e10}) {
    std::vector<double> off = found.values;
    for (std::size_t s = 0; s < off.size(); ++s) {
      if (!lake.terminal(static_cast<index_t>(s))) off[s] += s % 2 == 0 ? by : -by;
    }
    CHECK(encloses(certify(op, off), found.values));
  }
}

TEST_CASE("a part of a model that is known does not suffer from another that is not") {
  // 0 stays for 1, 2 stays for 1e14; they do not meet.
  auto const t = tabulate(
      mdp_of_rows<double>(3, {{0, 0, 0.5, 0, 1.0}, {0, 0, 0.5, 1, 1.0}, {2, 0, 0.5, 2, 1e14}, {2, 0, 0.5, 1, 1e14}}));
  auto const x = certify(bellman_optimality(t, 1.0), std::vector{2.0, 0.0, 1.9e14});
  CHECK(x.above[0] < 1e-12);
  CHECK(x.above[2] >= 0.1e14);
}

TEST_CASE("the policy whose value is bounded below can be said") {
  CHECK(true_at_both_times([] {
    // Staying in 0 and going from 1 is worth 0 and -1; the best is worth 4 and 2.
    auto const x =
        certify(best_of_the_cycle(), std::vector{rational(4), rational(2)}, bellman::internal::vector<index_t>{0, 3});
    return x.above[0] == rational(0) && x.slots[0] == 0 && x.values[0] - x.below[0] <= rational(0) &&
           x.values[1] - x.below[1] <= rational(-1);
  }));
}

TEST_CASE("the values of a policy are certified as those of the best are") {
  CHECK(true_at_both_times([] {
    auto const t = tabulate(models::two_state_cycle<rational>{});
    auto const op = bellman_expectation(t, tabulate(t, bellman::test::go_round), rational(1, 2));
    auto const right = certify(op, std::vector{rational(10, 3), rational(2, 3)});
    auto const wrong = certify(op, std::vector{rational(3), rational(1)});
    return right.above[0] == rational(0) && right.below[1] == rational(0) &&
           rational(10, 3) <= wrong.values[0] + wrong.above[0] && wrong.values[1] - wrong.below[1] <= rational(2, 3);
  }));
}

TEST_CASE("with a discount of 1, the best policy for the values must end, or they are not certified") {
  // Staying costs 1, ending pays -5.
  auto const t = tabulate(mdp_of_rows<double>(3, {{0, 0, 1.0, 1, -1.0}, {0, 1, 1.0, 2, -5.0}, {1, 0, 1.0, 0, -1.0}}));
  auto const op = bellman_optimality(t, 1.0);
  auto const right = certify(op, std::vector{-5.0, -6.0, 0.0});
  CHECK(right.values[0] == -5.0);
  CHECK(right.below[0] < 1e-12);
  CHECK(right.above[1] < 1e-12);
  CHECK(message_of([&] {
          certify(op, std::vector{0.0, 100.0, 0.0});
        }) ==
        "bellman: from state 0 (0) the policy that is best for the values that were found never ends, and with a "
        "discount of 1 its return has no value: going on gains for ever, or the method's values are too far off");
}

TEST_CASE("what leaves the range on the way proves nothing") {
  // Staying in 2 gains for ever, so that nothing is above its value; what would be is beyond 1e308.
  auto const t = tabulate(mdp_of_rows<double>(3, {{2, 0, 1.0, 2, 1.0e295},
                                                  {2, 1, 0x1p-12, 1, 2.0e295},
                                                  {2, 1, 0x1p-10, 0, 2.0e295},
                                                  {2, 1, 1 - 0x1p-10 - 0x1p-12, 2, 2.0e295},
                                                  {2, 2, 1.0, 0, 0.0}}));
  auto const op = bellman_optimality(t, 1.0);
  for (double v : {0.0, 4e295, 1e297, 1e300}) {
    CHECK_THROWS_AS(certify(op, std::vector{0.0, 0.0, v}, {no_index, no_index, 1}), bellman::invalid_value);
  }
}

TEST_CASE("values that are no numbers, too few or not 0 where nothing follows are refused") {
  auto const t = tabulate(mdp_of_rows<double>(2, {{0, 0, 1.0, 1, 5.0}}));
  auto const op = bellman_optimality(t, 1.0);
  CHECK(certify(op, std::vector{5.0, 0.0}).above[0] < 1e-12);
  CHECK(certify(op, std::vector{5.0, -0.0}).above[0] < 1e-12);
  CHECK(message_of([&] { certify(op, std::vector{5.0}); }) ==
        "bellman: there are 1 values for a table of 2 states; there must be one for each");
  CHECK(message_of([&] {
          certify(op, std::vector{5.0, 1.0});
        }) == "bellman: the value of state 1 (1) is not 0, and the state is terminal; it must be 0");
  for (double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                     -std::numeric_limits<double>::infinity()}) {
    CHECK(message_of([&] {
            certify(op, std::vector{bad, 0.0});
          }) ==
          "bellman: in state 0 (0) the value leaves the range of the numbers; the rewards must be smaller, or their "
          "type wider");
    CHECK(message_of([&] {
            certify(op, std::vector{5.0, bad});
          }) == "bellman: the value of state 1 (1) is not 0, and the state is terminal; it must be 0");
  }
}

TEST_CASE("a policy that never ends has no constant of its own") {
  // 0 stays for nothing, which any value satisfies; 1 and 2 lead to each other and cancel each other.
  auto const t = tabulate(mdp_of_rows<double>(3, {{0, 0, 1.0, 0, 0.0}, {1, 0, 1.0, 2, 1.0}, {2, 0, 1.0, 1, -1.0}}));
  auto const only = tabulate(t, [](int) { return 0; });
  auto const rests = tabulate(mdp_of_rows<double>(1, {{0, 0, 1.0, 0, 0.0}}));
  auto const stay = tabulate(rests, [](int) { return 0; });
  for (double v : {-3.0, 0.0, 5.0}) {
    for (auto const& x : {certify(bellman_expectation(rests, stay, 1.0), std::vector{v}),
                          certify(bellman_optimality(rests, 1.0), std::vector{v})}) {
      CHECK(x.values[0] == v);
      CHECK(v - x.below[0] <= 0.0);
      CHECK(0.0 <= v + x.above[0]);
    }
    CHECK(message_of([&] {
            certify(bellman_expectation(t, only, 1.0), std::vector{0.0, v, v - 1});
          }) ==
          "bellman: from state 1 (1) on, the policy never ends, and with a discount of 1 its return has no value; "
          "the discount must be below 1, or every state must lead to a terminal one");
  }
  CHECK_THROWS_AS(certify(bellman_optimality(rests, 1.0), std::vector{std::numeric_limits<double>::quiet_NaN()}),
                  bellman::invalid_value);
}

TEST_CASE("a policy for which values are certified has a slot in each state") {
  auto const t = tabulate(models::two_state_cycle<double>{});
  using slots = bellman::internal::vector<index_t>;
  for (slots const& wrong : {slots{0, 0}, slots{0, 4}, slots{0, no_index}}) {
    CHECK(message_of([&] {
            certify(bellman_optimality(t, 0.5), std::vector{4.0, 2.0}, wrong);
          }) == "bellman: in state 1 (1) the policy's slot is not one of that state");
  }
  CHECK_THROWS_AS(certify(bellman_optimality(t, 0.5), std::vector{4.0, 2.0}, slots{1}), bellman::invalid_value);
}

TEST_CASE("a soft operator is certified too") {
  // Two actions that pay 1: V = 1 + tau log 1 + V / 2, for the soft maximum is a mean of exponentials.
  auto const t = tabulate(mdp_of_rows<double>(1, {{0, 0, 1.0, 0, 1.0}, {0, 1, 1.0, 0, 1.0}}));
  auto const op = bellman::bellman_soft(t, 0.5, 1.0);
  double const v = bellman::fixed_point_of(op).values[0];
  auto const x = certify(op, std::vector{v + 1.0});
  CHECK(x.values[0] - x.below[0] <= v);
  CHECK(x.below[0] < 2.1);
}

TEST_CASE("what is certified is a vector of the operator's numbers, and the operator is over a table") {
  using op = decltype(bellman_optimality(tabulate(models::recycling_robot<double>{}), 0.5));
  using other = decltype(bellman_optimality(models::recycling_robot<double>{}, 0.5));
  STATIC_REQUIRE(std::is_invocable_v<decltype(certify), op, std::vector<double>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(certify), op, std::vector<float>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(certify), op, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(certify), other, std::vector<double>>);
}

}  // namespace planning_certify
