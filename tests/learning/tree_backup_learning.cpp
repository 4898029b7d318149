// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/tree_backup_learning.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>

#include <vector>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace tree_backup_learning {

namespace b = bellman;
using learning_models::some_policy;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

TEST_CASE("credit passes through an action with the probability that the policy takes it") {
  CHECK(true_at_both_times([] {
    b::linear_prediction const q(std::vector(6, fraction(0)), [](int s, int a) { return 2 * s + a; });
    b::learner agent(q, b::tree_backup_learning{.policy = some_policy<fraction>, .gamma = fraction(1, 2), .lambda = 1},
                     fraction(1));
    agent.observe(0, 0, fraction(0), 1);
    agent.observe(1, 1, fraction(10), b::terminated{});  // taken with probability 3/5
    return agent(1, 1) == 10 && agent(0, 0) == 10 * fraction(1, 2) * fraction(3, 5);
  }));
}

}  // namespace tree_backup_learning
