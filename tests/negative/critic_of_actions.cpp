// SPDX-License-Identifier: BSL-1.0
// refused: the_second_part_is_a_learner_of_the_values_of_states

#include <bellman/learning/actor.hpp>
#include <bellman/learning/actor_critic.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/softmax_policy.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/models/cliff_walking.hpp>

int main() {
  bellman::models::cliff_walking<double> const cliff;
  bellman::value_table<double, int, int> const q;
  bellman::actor const walker(bellman::softmax_policy(cliff, q), 0.5);
#ifdef CONTROL
  bellman::learner const critic(bellman::value_table<double, int>{}, bellman::td_learning{.gamma = 0.5}, 0.5);
#else
  bellman::learner const critic(q, bellman::q_learning{.env = cliff, .gamma = 0.5}, 0.5);
#endif
  bellman::actor_critic agent(walker, critic);
}
