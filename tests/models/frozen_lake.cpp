// SPDX-License-Identifier: BSL-1.0
#include <bellman/models/frozen_lake.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <cstddef>

#include "models/check_model.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace frozen_lake_tests {

using bellman::rational;
using bellman::rational512;
using bellman::models::frozen_lake;
using bellman::models::ice;
using bellman::models::lake_4x4;
using bellman::models::lake_8x8;
using bellman::models::lake_map;
using bellman::test::disagreements_of_solve;
using bellman::test::is_a_finite_environment;
using bellman::test::true_at_both_times;

template <class F>
using firm_lake = frozen_lake<F, lake_4x4, ice::firm>;

// Of its own: two columns, and a hole that cuts the last cell off.
inline constexpr lake_map<3, 2> small_map{
    "SF"
    "FH"
    "GH"};

// A model is a value of the compiler's.
template <auto Env>
constexpr auto value_of_start = bellman::solve(Env, 1).value(Env.start().value());
static_assert(bellman::approx_equal(value_of_start<frozen_lake<>{}>, 14 / 17.0, 1e-12));
static_assert(value_of_start<frozen_lake<rational, small_map, ice::firm>{}> == rational(1));

TEST_CASE("the lakes are finite environments") {
  CHECK(true_at_both_times([] { return is_a_finite_environment(frozen_lake<>{}); }));
  CHECK(true_at_both_times([] { return is_a_finite_environment(frozen_lake<rational>{}); }));
  CHECK(true_at_both_times([] { return is_a_finite_environment(frozen_lake<float, small_map>{}); }));
  CHECK(is_a_finite_environment(frozen_lake<double, lake_8x8>{}));
  CHECK(is_a_finite_environment(frozen_lake<rational, lake_8x8, ice::firm>{}));
  CHECK(is_a_finite_environment(frozen_lake<bellman::interval<double>>{}));
  STATIC_REQUIRE(bellman::deterministic_environment<firm_lake<double>>);
  STATIC_REQUIRE_FALSE(bellman::deterministic_environment<frozen_lake<>>);
}

TEST_CASE("a step on slippery ice goes to three cells, on firm ice to one") {
  CHECK(true_at_both_times([] {
    using lake = frozen_lake<rational>;
    // From 14 to the right: up, where it should, and down, against the edge.
    auto const outcomes = lake{}.transition(14, lake::right);
    std::array<int, 3> const cells{14, 15, 10};
    std::size_t n = 0;
    for (auto const& o : outcomes) {
      if (o.probability != rational(1, 3) || o.value.next != cells[n]) return false;
      if (o.value.reward != rational(cells[n] == 15 ? 1 : 0)) return false;
      ++n;
    }
    return n == 3;
  }));
  CHECK(true_at_both_times([] {
    firm_lake<double> const lake;
    return lake.transition(0, lake.left).value().next == 0 && lake.transition(0, lake.down).value().next == 4 &&
           lake.transition(0, lake.right).value().next == 1 && lake.transition(4, lake.up).value().next == 0 &&
           lake.transition(14, lake.right).value() == bellman::outcome{1.0, 15} && lake.terminal(5) &&
           lake.terminal(15) && !lake.terminal(0) && lake.start().value() == 0;
  }));
}

TEST_CASE("the values of the slippery 4x4 lake are the known fractions") {
  using exact = frozen_lake<rational512>;
  CHECK(disagreements_of_solve(exact{}, rational512(9, 10),
                               [](int s) { return exact::optimal_value_at_discount_9_10(s); }) == 0);
  CHECK(disagreements_of_solve(exact{}, 1, [](int s) { return exact::optimal_value_at_discount_1(s); }) == 0);
  CHECK(true_at_both_times([] {
    return disagreements_of_solve(frozen_lake<>{}, 0.9,
                                  [](int s) { return frozen_lake<>::optimal_value_at_discount_9_10(s); }) == 0;
  }));
  CHECK(true_at_both_times([] {
    return disagreements_of_solve(frozen_lake<>{}, 1,
                                  [](int s) { return frozen_lake<>::optimal_value_at_discount_1(s); }) == 0;
  }));
  STATIC_REQUIRE(frozen_lake<rational>::optimal_value_at_discount_9_10(0) == rational(4348890, 63127201));
  STATIC_REQUIRE(frozen_lake<rational>::optimal_value_at_discount_1(0) == rational(14, 17));
}

TEST_CASE("the values of the slippery 8x8 lake are the known ones") {
  using exact = frozen_lake<rational512, lake_8x8>;
  CHECK(disagreements_of_solve(exact{}, 1, [](int s) { return exact::optimal_value_at_discount_1(s); }) == 0);
  using rounded = frozen_lake<double, lake_8x8>;
  CHECK(disagreements_of_solve(rounded{}, 1, [](int s) { return rounded::optimal_value_at_discount_1(s); }) == 0);
  CHECK(disagreements_of_solve(rounded{}, 0.99, [](int s) { return rounded::optimal_value_at_discount_99_100(s); }) ==
        0);
  STATIC_REQUIRE(exact::optimal_value_at_discount_1(0) == rational512(1));
}

TEST_CASE("on firm ice the value is the discount to the power of the steps that are left but one") {
  CHECK(true_at_both_times([] {
    rational const g(9, 10);
    return disagreements_of_solve(firm_lake<rational>{}, g,
                                  [&](int s) { return firm_lake<rational>::optimal_value(s, g); }) == 0;
  }));
  CHECK(true_at_both_times([] {
    return disagreements_of_solve(firm_lake<double>{}, 0.99,
                                  [](int s) { return firm_lake<double>::optimal_value(s, 0.99); }) == 0;
  }));
  using large = frozen_lake<rational512, lake_8x8, ice::firm>;
  for (auto const& g : {rational512(1), rational512(99, 100), rational512(0)}) {
    CHECK(disagreements_of_solve(large{}, g, [&](int s) { return large::optimal_value(s, g); }) == 0);
  }
  STATIC_REQUIRE(firm_lake<double>::steps_to_goal(0) == 6);
  STATIC_REQUIRE(large::steps_to_goal(0) == 14);
  // Nothing leads to the goal from the hole, and from the cell behind it not without it.
  constexpr lake_map<1, 4> cut_off{"FHSG"};
  STATIC_REQUIRE(frozen_lake<double, cut_off, ice::firm>::optimal_value(0, 0.5) == 0);
  STATIC_REQUIRE(frozen_lake<double, cut_off, ice::firm>::optimal_value(2, 0.5) == 1);
}

TEST_CASE("what is known is of Gymnasium's maps only") {
  constexpr auto known_at_1 = [](auto env) {
    return requires { env.optimal_value_at_discount_1(0); };
  };
  constexpr auto known_at_99_100 = [](auto env) {
    return requires { env.optimal_value_at_discount_99_100(0); };
  };
  STATIC_REQUIRE(known_at_1(frozen_lake<>{}));
  STATIC_REQUIRE(known_at_1(frozen_lake<double, lake_8x8>{}));
  STATIC_REQUIRE_FALSE(known_at_1(frozen_lake<double, small_map>{}));
  STATIC_REQUIRE_FALSE(known_at_1(firm_lake<double>{}));
  STATIC_REQUIRE(known_at_99_100(frozen_lake<double, lake_8x8>{}));
  STATIC_REQUIRE_FALSE(known_at_99_100(frozen_lake<rational, lake_8x8>{}));
}

}  // namespace frozen_lake_tests
