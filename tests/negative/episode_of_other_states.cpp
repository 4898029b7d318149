// SPDX-License-Identifier: BSL-1.0
// refused: the_prediction_cannot_be_called_with_this_state_or_this_state_and_action

#include <bellman/decision/episode.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>

#include <string>

int main() {
#ifdef CONTROL
  bellman::episode<int, int, double> const seen;
#else
  bellman::episode<std::string, int, double> const seen;
#endif
  bellman::learner agent(bellman::value_table<double, int>{}, bellman::td_learning{.gamma = 0.5}, 0.5);
  agent.improve(seen);
}
