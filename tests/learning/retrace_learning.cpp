// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/retrace_learning.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>

#include <vector>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace retrace_learning {

namespace b = bellman;
using learning_models::other_policy;
using learning_models::some_policy;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

TEST_CASE("credit passes through an action with its importance ratio, but no more than 1") {
  CHECK(true_at_both_times([] {
    b::linear_prediction const q(std::vector(6, fraction(0)), [](int s, int a) { return 2 * s + a; });
    b::learner agent(q,
                     b::retrace_learning{.policy = some_policy<fraction>, .behaviour = other_policy<fraction>,
                                         .gamma = fraction(1, 2), .lambda = fraction(1)},
                     fraction(1));
    agent.observe(0, 0, fraction(0), 1);
    agent.observe(1, 0, fraction(10), b::terminated{});  // of ratio (2/5) / (1/2)
    bool const right = agent(1, 0) == 10 && agent(0, 0) == 4;
    agent.observe(0, 1, fraction(0), 1);
    agent.observe(1, 1, fraction(10), b::terminated{});  // of ratio 6/5; of the value of state 1 there is 4 already
    return right && agent(1, 1) == 10 && agent(0, 1) == 2 + 5;
  }));
}

TEST_CASE("an action that the policy that acted never takes is refused") {
  b::learner agent(b::linear_prediction(4, [](int s, int a) { return 2 * s + a; }),
                   b::retrace_learning{.policy = [](int) { return 0; }, .behaviour = [](int) { return 1; },
                                       .gamma = 0.5, .lambda = 1},
                   0.5);
  CHECK(b::test::message_of([&] { agent.observe(0, 0, 1.0, 1); }) != "");
  CHECK(agent.prediction().weights() == std::vector(4, 0.0));
}

}  // namespace retrace_learning
