// SPDX-License-Identifier: BSL-1.0
// refused: this_rule_reads_the_gradient_of_the_next_value_which_the_target_does_not_have

#include <bellman/learning/double_prediction.hpp>
#include <bellman/learning/double_q_learning.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/least_squares.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/models/cliff_walking.hpp>

#include <random>

int main() {
  bellman::models::cliff_walking<double> const cliff;
#ifdef CONTROL
  auto const rule = bellman::accumulating{0.5};
#else
  auto const rule = bellman::least_squares{.regulariser = 1.0};
#endif
  bellman::learner agent(bellman::double_prediction(bellman::value_table<double, int, int>{}, std::mt19937{}),
                         bellman::double_q_learning{.env = cliff, .gamma = 0.5}, rule);
  agent.observe(36, 0, -1.0, 24);
}
