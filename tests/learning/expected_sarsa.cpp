// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/expected_sarsa.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/epsilon_greedy.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/value_table.hpp>

#include <functional>
#include <vector>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace expected_sarsa {

namespace b = bellman;
using learning_models::some_policy;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

TEST_CASE("a step is toward the mean over the policy") {
  CHECK(true_at_both_times([] {
    b::linear_prediction const q(std::vector{fraction(0), fraction(0), fraction(10), fraction(5)},
                                 [](int s, int a) { return 2 * s + a; });
    b::learner agent(q, b::expected_sarsa{.policy = some_policy<fraction>, .gamma = fraction(1, 2)}, fraction(1));
    // In state 1 action 0 is taken with probability 2/5: 4 + 3 = 7.
    return agent.observe(0, 1, fraction(1), 1) == fraction(9, 2) && agent(0, 1) == fraction(9, 2);
  }));
}

TEST_CASE("of a policy that is certain it is what the action is worth, and of the greedy one Q-learning") {
  learning_models::small_world<double, true> const env;
  b::learner certain(b::value_table<double, int, int>(3.0),
                     b::expected_sarsa{.policy = [](int) { return 1; }, .gamma = 0.5}, 1.0);
  CHECK(certain.observe(0, 0, 1.0, 1) == 1.0 + 1.5 - 3.0);
  b::value_table<double, int, int> q;
  b::learner greedy(q, b::q_learning{.env = env, .gamma = 0.5}, 0.5);
  b::learner explored(q, b::q_learning{.env = env, .gamma = 0.5}, 0.5);
  b::learner same(q, b::expected_sarsa{.policy = b::epsilon_greedy(env, std::cref(explored), 0.0), .gamma = 0.5}, 0.5);
  for (int k = 0; k < 50; ++k) {
    int const s = k % 3, a = k % 2, next = (k * k + 1) % 3;
    double const error = greedy.observe(s, a, k % 5 - 2.0, next);
    CHECK(same.observe(s, a, k % 5 - 2.0, next) == error);
    explored.observe(s, a, k % 5 - 2.0, next);
  }
}

}  // namespace expected_sarsa
