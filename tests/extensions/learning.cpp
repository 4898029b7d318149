// SPDX-License-Identifier: BSL-1.0
#include "extensions/learning.hpp"

#include <bellman/decision/ending.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace extension_of_learning {

namespace b = bellman;
using b::test::true_at_both_times;

TEST_CASE("a target and a rule from outside make a learner") {
  CHECK(true_at_both_times([] {
    learning_models::small_world<double> const env;
    b::linear_prediction const q(std::vector{0.0, 0.0, 8.0, 4.0}, [](int s, int a) { return 2 * s + a; });
    b::learner agent(q, extensions::pessimistic_q_learning{env, 0.5, 0.25}, extensions::normalised_steps{0.5});
    // In state 1 three quarters of 8 and one of 4: 7.
    return agent.observe(0, 1, 0.5, 1) == 4.0 && agent(0, 1) == 2.0 &&
           agent.observe(0, 0, 3.0, b::terminated{}) == 3.0 && agent(0, 0) == 1.5;
  }));
}

TEST_CASE("normalised steps are as long whatever the features") {
  b::linear_prediction const v(std::vector{0.0, 0.0}, [](int s) { return std::array{3.0 * s, 4.0 * s}; });
  b::learner agent(v, b::td_learning{.gamma = 0.5}, extensions::normalised_steps{1.0});
  agent.observe(2, 0, 10.0, b::terminated{});
  CHECK(std::abs(agent(2) - 10.0) < 1e-12);
}

}  // namespace extension_of_learning
