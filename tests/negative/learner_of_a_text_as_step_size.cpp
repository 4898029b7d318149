// SPDX-License-Identifier: BSL-1.0
// refused: this_is_neither_a_learning_rule_nor_a_step_size_nor_a_schedule_of_step_sizes

#include <bellman/learning/learner.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>

int main() {
#ifdef CONTROL
  auto const step = 0.5;
#else
  auto const step = "0.5";
#endif
  bellman::learner agent(bellman::value_table<double, int>{}, bellman::td_learning{.gamma = 0.5}, step);
}
