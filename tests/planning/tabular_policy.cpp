// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/tabular_policy.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>

#include <ranges>
#include <type_traits>

#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "models/textbook.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a policy as an array is a distribution over the slots of each state") {
  CHECK(true_at_both_times([] {
    // Two slots of state 0, one of state 1.
    bellman::tabular_policy<rational> const pi({0, 2, 3}, {rational(1, 4), rational(3, 4), rational(1)});
    auto const slot = [](bellman::index_t k) { return rational(static_cast<int>(k)); };
    return bellman::expectation(pi(0), slot) == rational(3, 4) && bellman::expectation(pi(1), slot) == rational(2) &&
           pi.probability(1) == rational(3, 4) &&
           bellman::expectation(pi.over(std::views::iota(bellman::index_t{0}, bellman::index_t{2})), slot) ==
               rational(3, 4);
  }));
}

TEST_CASE("it is a policy for the table that it was made for") {
  auto const t = bellman::tabulate(models::recycling_robot<double>{});
  auto const pi = bellman::tabulate(t, [](models::battery) { return models::deed::wait; });
  STATIC_REQUIRE(bellman::stochastic_policy_for<decltype(pi), std::remove_const_t<decltype(t)>>);
  CHECK(pi.probability(t.slot(1, models::deed::wait)) == 1.0);
}

TEST_CASE("where states and actions are numbers too, it is not taken for a policy of theirs") {
  CHECK(true_at_both_times([] {
    models::listed_mdp<rational> const env = models::small_example<rational>();
    auto const t = bellman::tabulate(env);
    auto const goes_on = [](int s) { return 1 - s; };  // in state 1 the slot 2, which is no action
    auto const pi = bellman::tabulate(t, goes_on);
    auto const by_number = bellman::state_value(t, pi, rational(1, 2));
    auto const by_name = bellman::state_value(env, goes_on, rational(1, 2));
    return by_number(0) == by_name(0) && by_number(1) == by_name(1) && bellman::tabulate(t, pi).probability(2) == 1;
  }));
}
