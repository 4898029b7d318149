// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/actor_critic.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/learning/actor.hpp>
#include <bellman/learning/learn_online.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/policy_family.hpp>
#include <bellman/learning/softmax_policy.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/models/cliff_walking.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cmath>
#include <functional>
#include <random>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace actor_critic {

namespace b = bellman;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

constexpr auto shares = [](auto const& theta, int) {
  auto const total = theta[0] + theta[1];
  return b::categorical(std::array{b::weighted{0, theta[0] / total}, b::weighted{1, theta[1] / total}});
};
constexpr auto fresh() {
  return b::actor_critic(
      b::actor(b::policy_family(shares, std::array{fraction(2), fraction(2)}), fraction(1, 2)),
      b::learner(b::value_table<fraction, int>{}, b::td_learning{.gamma = fraction(1, 2)}, fraction(1, 2)));
}

TEST_CASE("the actor goes by the critic's errors, discounted by the time, and begins anew with each episode") {
  CHECK(true_at_both_times([] {
    auto agent = fresh();
    bool right = agent.observe(0, 0, fraction(4), 1) == 4;  // the score is (1/4, -1/4)
    right = right && agent.actor().policy().weights() == std::array{fraction(5, 2), fraction(3, 2)};
    right = right && agent.critic()(0) == 2;
    // At 5/2 and 3/2 the score of action 1 is (-1/4, 5/12); the error of 2 counts half.
    right = right && agent.observe(1, 1, fraction(2), b::terminated{}) == 2;
    right = right && agent.actor().policy().weights() ==
                         std::array{fraction(5, 2) - fraction(1, 8), fraction(3, 2) + fraction(5, 24)};
    auto recorded = fresh();
    recorded.improve(b::episode<int, int, fraction>{{0, 1, 9}, {0, 1}, {fraction(4), fraction(2)}, {}});
    return right && recorded.actor().policy().weights() == agent.actor().policy().weights() &&
           recorded.critic().prediction().weights() == agent.critic().prediction().weights();
  }));
  auto again = fresh();
  again.observe(3, 0, fraction(0), b::terminated{});
  again.observe(0, 0, fraction(4), 1);
  CHECK(again.actor().policy().weights() == std::array{fraction(5, 2), fraction(3, 2)});
}

TEST_CASE("where the critic refuses a step the actor does not move") {
  auto agent = fresh();
  b::episode<int, int, fraction> const seen{{0, 1}, {0, 1}, {fraction(4), fraction(2)}, {}};
  CHECK(b::test::message_of([&] { agent.improve(seen); }) != "");
  CHECK(agent.actor().policy().weights() == std::array{fraction(2), fraction(2)});
}

TEST_CASE("actor-critic learns to walk along the cliff") {
  b::models::cliff_walking<double> const cliff;
  b::actor_critic agent(b::actor(b::softmax_policy(cliff, b::value_table<double, int, int>{}), 0.1),
                        b::learner(b::value_table<double, int>{}, b::td_learning{.gamma = 1.0}, 0.2));
  std::mt19937 urbg(1);
  for (int k = 0; k < 400; ++k) b::learn_online(agent, cliff, std::cref(agent), urbg, b::step_limit{500});
  double last = 0;
  for (int k = 0; k < 50; ++k) last += b::learn_online(agent, cliff, std::cref(agent), urbg, b::step_limit{500}).reward;
  CHECK(last / 50 > -25);  // the best is -13, and a random policy falls off for thousands of steps
}

}  // namespace actor_critic
