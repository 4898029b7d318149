// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/n_steps.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace n_steps {

namespace b = bellman;
using b::test::true_at_both_times;
using world = learning_models::small_world<double>;

// That the returns are those of the book's algorithm: views.cpp.
TEST_CASE("a state is learned when n steps have been seen, and the rest at the end") {
  CHECK(true_at_both_times([] {
    b::learner agent(b::value_table<double, int>{}, b::td_learning{.gamma = 0.5, .lambda = 1},
                     b::n_steps<world, double>{2, 1.0});
    agent.observe(0, 0, 1.0, 1);
    bool right = agent(0) == 0;
    agent.observe(1, 0, 2.0, 2);
    right = right && agent(0) == 2.0 && agent(1) == 0;  // 1 + 2/2
    agent.observe(2, 0, 4.0, b::terminated{});
    return right && agent(1) == 4.0 && agent(2) == 4.0;
  }));
}

TEST_CASE("a cut ends the window with the value of the state that is left") {
  b::learner agent(b::value_table<double, int>(8.0), b::td_learning{.gamma = 0.5, .lambda = 1},
                   b::n_steps<world, double>{5, 1.0});
  agent.observe(0, 0, 1.0, 1);
  agent.observe(1, 0, 2.0, b::truncated{2});
  CHECK(agent(0) == 1.0 + 1.0 + 2.0);
  CHECK(agent(1) == 2.0 + 4.0);
  agent.observe(2, 0, 0.0, b::terminated{});  // of an episode of its own
  CHECK(agent(2) == 0.0);
  CHECK(agent(1) == 6.0);
}

TEST_CASE("no steps are refused") {
  CHECK(b::test::message_of([] {
          b::learner(b::value_table<double, int>{}, b::td_learning{.gamma = 0.5, .lambda = 1},
                     b::n_steps<world, double>{0, 1.0});
        }) == "bellman: n_steps with n = 0; it must be at least 1");
}

TEST_CASE("at a cut the state that is left has the value of the time, also where it was learned a moment before") {
  b::learner agent(b::value_table<double, int>{}, b::td_learning{.gamma = 1.0, .lambda = 1},
                   b::n_steps<world, double>{2, 1.0});
  agent.observe(0, 0, 1.0, 1);
  agent.observe(1, 0, 2.0, b::truncated{0});
  CHECK(agent(0) == 3.0);        // 1 + 2, and of state 0 nothing is known yet
  CHECK(agent(1) == 2.0 + 3.0);  // now it is
}

}  // namespace n_steps
