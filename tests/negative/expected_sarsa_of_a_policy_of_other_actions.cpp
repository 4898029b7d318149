// SPDX-License-Identifier: BSL-1.0
// refused: the_policy_must_return_an_action_type_or_a_distribution_over_action_type

#include <bellman/learning/expected_sarsa.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/value_table.hpp>

#include <string>

int main() {
#ifdef CONTROL
  auto const policy = [](int) { return 1; };
#else
  auto const policy = [](int) { return std::string("right"); };
#endif
  bellman::learner agent(bellman::value_table<double, int, int>{},
                         bellman::expected_sarsa{.policy = policy, .gamma = 0.5}, 0.5);
  agent.observe(0, 0, 1.0, 1);
}
