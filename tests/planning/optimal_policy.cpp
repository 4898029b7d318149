// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/optimal_policy.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "planning/cases.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace planning_optimal_policy {

using bellman::rational;
using bellman::solve;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::true_at_both_times;
using models::battery;
using models::deed;
using models::mdp_of_rows;

TEST_CASE("in exact scalars the optimal actions are those of the policy, each with the same probability") {
  CHECK(true_at_both_times([] {
    auto const pi =
        solve(mdp_of_rows<rational>(
                  2, {{0, 0, one, 1, rational(2)}, {0, 1, one, 1, rational(1)}, {0, 2, one, 1, rational(2)}}),
              one)
            .policy;
    auto const optimal = pi.optimal_actions(0);
    int n = 0;
    for (auto const& e : pi(0)) n += e.value == optimal[n] && e.probability.count == 2 ? 1 : 0;
    return optimal.size() == 2 && optimal[0] == 0 && optimal[1] == 2 && n == 2 &&
           (pi.action(0) == 0 || pi.action(0) == 2) && pi.optimal_actions(1).empty();
  }));
}

TEST_CASE("a terminal state has no action, and a state that the table does not have is refused") {
  auto const pi = solve(models::frozen_lake<double>{}, 0.9).policy;
  CHECK(message_of([&] { pi.action(5); }) == "bellman: state 5 (5) is terminal, and a policy has no action there");
  CHECK(pi.optimal_actions(5).empty());
  CHECK_THROWS_AS(pi.action(16), bellman::invalid_value);
  CHECK_THROWS_AS(pi.optimal_actions(-1), bellman::invalid_value);
  CHECK_THROWS_AS(pi(99), bellman::invalid_value);
}

TEST_CASE("of a table the actions are slots, of an environment they have their names") {
  models::recycling_robot<double> const robot{};
  auto const t = bellman::tabulate(robot);
  auto const by_number = solve(t, 0.5).policy;
  auto const by_name = solve(robot, 0.5).policy;
  CHECK(by_name.action(battery::low) == deed::wait);
  CHECK(t.action(by_number.action(1)) == deed::wait);
  STATIC_REQUIRE(std::is_same_v<decltype(by_number.action(1)), bellman::index_t>);
}

TEST_CASE("where the values are not certain, more actions are kept than are taken") {
  // An error of 1 leaves both open; the one that is taken is worth `lower` all the same.
  auto const env =
      mdp_of_rows<double>(3, {{0, 0, 1.0, 1, 1.0}, {0, 1, 1.0, 1, 1.5}, {1, 0, 0.5, 1, 1.0}, {1, 0, 0.5, 2, 1.0}});
  bellman::method one_sweep = bellman::value_iteration{};
  one_sweep.most_sweeps = 1;
  auto const rough = solve(env, 1.0, one_sweep);
  auto const best = solve(env, 1.0);
  CHECK(best.policy.optimal_actions(0).size() == 1);
  CHECK(best.policy.action(0) == 1);
  CHECK(std::ranges::count(rough.policy.optimal_actions(0), 1) == 1);
  auto const taken = rough.policy;
  auto const v = bellman::state_value(
      env, [&](int s) { return taken.action(s); }, 1.0);
  auto const mixed = bellman::state_value(env, taken, 1.0);
  for (int s = 0; s < 3; ++s) {
    CHECK(v.upper(s) >= rough.value.lower(s));
    CHECK(mixed.upper(s) >= rough.value.lower(s));
  }
}

TEST_CASE("the policy of a solved lake is worth its lower bound, taken alone or mixed") {
  models::frozen_lake<double, models::lake_8x8> const lake{};
  for (double gamma : {0.5, 0.99, 1.0}) {
    auto const best = solve(lake, gamma);
    auto const alone = bellman::state_value(
        lake, [&](int s) { return best.policy.action(s); }, gamma);
    auto const mixed = bellman::state_value(lake, best.policy, gamma);
    for (int s = 0; s < 64; ++s) {
      CHECK(alone.upper(s) >= best.value.lower(s));
      CHECK(mixed.upper(s) >= best.value.lower(s));
      if (lake.terminal(s)) continue;
      CHECK(std::ranges::count(best.policy.optimal_actions(s), best.policy.action(s)) == 1);
    }
  }
}

TEST_CASE("a policy goes on to where it ends, where nothing is lost on the way") {
  CHECK(true_at_both_times([] {
    // Nothing is paid but at the end: 0, 1 and 2 lead round for nothing, and 2 ends for 3.
    auto const best = solve(mdp_of_rows<rational>(4, {{0, 0, one, 0, rational(0)},
                                                      {0, 1, one, 1, rational(0)},
                                                      {1, 0, one, 0, rational(0)},
                                                      {1, 1, one, 2, rational(0)},
                                                      {2, 0, one, 0, rational(0)},
                                                      {2, 1, one, 3, rational(3)}}),
                            one);
    return best.policy.action(0) == 1 && best.policy.action(1) == 1 && best.policy.action(2) == 1 &&
           best.policy.optimal_actions(0).size() == 2 && best.value(0) == rational(3);
  }));
}

TEST_CASE("copies share what they have, and outlive what they were made of") {
  auto const make = [] {
    auto const best = solve(models::recycling_robot<double>{}, 0.5);
    auto const copy = best.policy;
    return copy;
  };
  auto const pi = make();
  CHECK(pi.action(battery::high) == deed::search);
  auto const actions = make().optimal_actions(battery::low);
  CHECK(actions.size() == 1);
  CHECK(actions[0] == deed::wait);
}

}  // namespace planning_optimal_policy
