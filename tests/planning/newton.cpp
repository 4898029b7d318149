// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/newton.hpp>

#include <bellman/decision/reward.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/soft_policy.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "models/textbook.hpp"
#include "planning/loop_and_end.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace newton_tests {

using bellman::bellman_soft;
using bellman::fixed_point_of;
using bellman::fixed_point_problem;
using bellman::newton;
using bellman::tabulate;
using bellman::test::absolutely_close;
using models::battery;

double largest(std::vector<double> const& v) {
  double most = 0;
  for (double const x : v) most = std::max(most, std::abs(x));
  return most;
}

// Both ways give bounds that hold one value.
template <class Op>
void agrees_with_iteration(Op const& op) {
  auto const by_steps = fixed_point_of(op, newton{1e-10});
  auto const by_sweeps = fixed_point_of(op, bellman::iteration{1e-10});
  for (std::size_t s = 0; s < by_steps.values.size(); ++s) {
    CHECK(by_steps.values[s] - by_steps.below[s] <= by_sweeps.values[s] + by_sweeps.above[s]);
    CHECK(by_sweeps.values[s] - by_sweeps.below[s] <= by_steps.values[s] + by_steps.above[s]);
  }
  CHECK(largest(by_steps.below) <= 1e-9 * largest(by_steps.values));
  CHECK(largest(by_steps.above) <= 1e-9 * largest(by_steps.values));
}

TEST_CASE("the fixed point of iteration, within both bounds") {
  agrees_with_iteration(bellman_soft(tabulate(models::recycling_robot<double>{}), 0.9, 0.5));
  agrees_with_iteration(bellman_soft(tabulate(models::forest<double>()), 0.99, 0.1));
  models::frozen_lake<double, models::lake_8x8> const lake{};
  agrees_with_iteration(bellman_soft(tabulate(lake), 0.99, 0.01));
  agrees_with_iteration(bellman_soft(tabulate(bellman::test::loop_and_end<double>()), 1.0, 0.2));
  auto const table = tabulate(models::recycling_robot<double>{});
  auto const reference = [&](bellman::index_t s) {
    std::vector<bellman::weighted<bellman::index_t, double>> all;
    double const n = static_cast<double>(table.actions(s).size());
    for (auto const slot : table.actions(s))
      all.push_back({slot, slot == *table.actions(s).begin() ? 2 / (n + 1) : 1 / (n + 1)});
    return all;
  };
  agrees_with_iteration(bellman_soft(table, 0.8, 0.3, reference));
}

TEST_CASE("a state that comes back to itself, in closed form") {
  // Two actions that stay and pay 1 and 0: v = tau log((e^(1/tau) + 1) / 2) / (1 - gamma).
  auto const env = models::mdp_of_rows<double>(1, {{0, 0, 1.0, 0, 1.0}, {0, 1, 1.0, 0, 0.0}});
  for (double const gamma : {0.5, 0.9999, 0.9999999}) {
    // In long double, of which the rounding is far below what the bounds leave open.
    long double const exact = 0.5L * std::log((std::exp(2.0L) + 1) / 2) / (1 - static_cast<long double>(gamma));
    auto const found = fixed_point_of(bellman_soft(tabulate(env), gamma, 0.5), newton{1e-12});
    long double const v = found.values[0];
    CHECK(v - found.below[0] <= exact);
    CHECK(exact <= v + found.above[0]);
    CHECK(found.below[0] <= 1e-12 * exact);
    CHECK(found.above[0] <= 1e-12 * exact);
  }
}

TEST_CASE("a step is the value of the softmax policy that is paid for its entropy") {
  auto const table = tabulate(models::recycling_robot<double>{});
  double const tau = 0.5;
  auto const T = bellman_soft(table, 0.9, tau);
  newton one_step{1e-9, 1};
  auto const stepped = one_step(fixed_point_problem(T));
  auto const pi = bellman::soft_policy(table, 0.9, tau, [](bellman::index_t) { return 0.0; });
  auto const with_entropy = bellman::with_reward(table, [&](bellman::index_t s, bellman::index_t slot) {
    double p = 0;
    for (auto const& e : pi(s)) p += e.value == slot ? e.probability : 0;
    return table.reward(slot) - tau * std::log(p * static_cast<double>(table.actions(s).size()));
  });
  auto const v = bellman::state_value(with_entropy, pi, 0.9);
  for (bellman::index_t s = 0; s < 2; ++s) CHECK(absolutely_close(stepped[s], v(s), 1e-9));
}

TEST_CASE("each step leaves the square of the error, whatever the discount, and from the second on values rise") {
  auto const table = tabulate(models::forest<double>());
  for (double const gamma : {0.9, 0.9999, 0.999999}) {
    auto const T = bellman_soft(table, gamma, 0.5);
    auto const best = fixed_point_of(T, newton{1e-13});
    std::vector<double> off;
    std::vector<double> before;
    for (std::size_t k = 1; k <= 12; ++k) {
      auto const v = newton{0, k}(fixed_point_problem(T));
      double most = 0;
      for (std::size_t s = 0; s < v.size(); ++s) {
        most = std::max(most, std::abs(v[s] - best.values[s]));
        if (!before.empty()) CHECK(before[s] <= v[s] + 1e-8 * std::abs(v[s]));
      }
      off.push_back(most / largest(best.values));
      before = v;
    }
    CHECK(off.back() < 1e-10);
    CHECK(off[7] < 1e-8);  // where sweeps would take thousands
  }
}

TEST_CASE("it is for the soft operator in floating point") {
  auto const soft = fixed_point_problem(bellman_soft(tabulate(models::recycling_robot<double>{}), 0.5, 1.0));
  auto const best = fixed_point_problem(bellman::bellman_optimality(tabulate(models::recycling_robot<double>{}), 0.5));
  STATIC_REQUIRE(std::is_invocable_v<newton const&, decltype(soft)>);
  STATIC_REQUIRE(!std::is_invocable_v<newton const&, decltype(best)>);
  STATIC_REQUIRE(bellman::solving_method<newton>);
}

TEST_CASE("an action that the reference never takes may pay any number") {
  // Of the other v = 1 + v / 2.
  auto const env = models::mdp_of_rows<double>(1, {{0, 0, 1.0, 0, 1.0}, {0, 1, 1.0, 0, 1e300}});
  auto const first = [](int) { return std::array{bellman::weighted{0, 1.0}, bellman::weighted{1, 0.0}}; };
  auto const table = tabulate(env);
  auto const found = fixed_point_of(bellman_soft(table, 0.5, 1.0, tabulate(table, first)), newton{1e-12});
  CHECK(absolutely_close(found.values[0], 2.0, 1e-9));
}

}  // namespace newton_tests
