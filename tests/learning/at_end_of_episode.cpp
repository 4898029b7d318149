// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/at_end_of_episode.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/traces.hpp>
#include <bellman/learning/value_table.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace at_end_of_episode {

namespace b = bellman;
using b::test::true_at_both_times;

// That the steps are those of the forward view: views.cpp.
TEST_CASE("the weights stay as they are until the episode ends") {
  CHECK(true_at_both_times([] {
    b::learner agent(b::value_table<double, int>{}, b::td_learning{.gamma = 0.5},
                     b::at_end_of_episode{b::accumulating{0.5}});
    bool right = agent.observe(0, 0, 2.0, 1) == 2.0 && agent.observe(1, 0, 4.0, 0) == 4.0 && agent(0) == 0;
    right = right && agent.observe(0, 0, 2.0, b::terminated{}) == 2.0;
    // Two steps of 2 from state 0, one of 4 from state 1, each half way.
    return right && agent(0) == 2.0 && agent(1) == 2.0;
  }));
}

}  // namespace at_end_of_episode
