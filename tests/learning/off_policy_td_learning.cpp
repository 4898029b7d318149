// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/off_policy_td_learning.hpp>

#include <bellman/learning/learner.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace off_policy_td_learning {

namespace b = bellman;
using learning_models::other_policy;
using learning_models::some_policy;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

TEST_CASE("a step counts with the importance ratio of its action, and of all before it") {
  CHECK(true_at_both_times([] {
    // Ratios: of action 0 in state 0 (1/5) / (1/2) = 2/5, of action 1 in state 1 (3/5) / (1/2) = 6/5.
    b::learner agent(b::value_table<fraction, int>{},
                     b::off_policy_td_learning{.policy = some_policy<fraction>, .behaviour = other_policy<fraction>,
                                               .gamma = fraction(1, 2), .lambda = fraction(1, 2)},
                     fraction(1));
    agent.observe(0, 0, fraction(5), 1);
    bool const right = agent(0) == 2;
    agent.observe(1, 1, fraction(10), b::terminated{});
    // The trace of state 0 is 1/2 * 1/2 * 6/5 * 2/5, that of state 1 is 6/5.
    return right && agent(1) == 12 && agent(0) == 2 + 10 * fraction(12, 100);
  }));
}

TEST_CASE("on the policy it is TD(lambda)") {
  auto const pi = some_policy<fraction>;
  b::learner off(b::value_table<fraction, int>{},
                 b::off_policy_td_learning{.policy = pi, .behaviour = pi, .gamma = fraction(1, 2), .lambda = 1},
                 fraction(1, 4));
  b::learner on(b::value_table<fraction, int>{}, b::td_learning{.gamma = fraction(1, 2), .lambda = 1}, fraction(1, 4));
  for (int k = 0; k < 4; ++k) {
    CHECK(off.observe(k % 3, k % 2, fraction(k), (k + 1) % 3) == on.observe(k % 3, k % 2, fraction(k), (k + 1) % 3));
  }
  CHECK(off.prediction().weights() == on.prediction().weights());
}

TEST_CASE("an action that is never taken by the policy that acted is refused") {
  b::learner agent(b::value_table<double, int>{},
                   b::off_policy_td_learning{.policy = [](int) { return 0; }, .behaviour = [](int) { return 1; },
                                             .gamma = 0.5},
                   0.5);
  CHECK(b::test::message_of([&] { agent.observe(0, 0, 1.0, 1); }) ==
        "bellman: the policy that acted gives probability 0 to an action that was taken");
  CHECK(agent(0) == 0.0);
  agent.observe(0, 1, 1.0, 1);  // of ratio 0
  CHECK(agent(0) == 0.0);
}

}  // namespace off_policy_td_learning
