// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/actor_critic.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/learning/actor.hpp>
#include <bellman/learning/learn_online.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/policy_family.hpp>
#include <bellman/learning/sarsa.hpp>
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
#include <string>
#include <type_traits>

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

TEST_CASE("where the actor never takes an action neither it nor the critic moves") {
  auto const certain = [](auto const& theta, int) {
    return b::categorical(std::array{b::weighted{0, theta[0] / theta[0]}, b::weighted{1, theta[0] - theta[0]}});
  };
  b::actor_critic agent(
      b::actor(b::policy_family(certain, std::array{fraction(1)}), fraction(1, 2)),
      b::learner(b::value_table<fraction, int>{}, b::td_learning{.gamma = fraction(1, 2)}, fraction(1, 2)));
  CHECK(b::test::message_of([&] { agent.observe(0, 1, fraction(4), 1); }) != "");
  CHECK(agent.critic()(0) == 0);
  b::episode<int, int, fraction> const seen{{0, 1, 2}, {0, 1}, {fraction(4), fraction(2)}, {}};
  CHECK(b::test::message_of([&] { agent.improve(seen); }) != "");
  CHECK(agent.critic()(0) == 0);
}

template <class... X>
concept make_an_agent = requires(X const&... x) { b::actor_critic(x...); };
template <class Agent, class... X>
concept improves = requires(Agent& agent, b::episode<X...> const& e) { agent.improve(e); };

TEST_CASE("an actor and a learner of the values of states make one") {
  using agent = decltype(fresh());
  using its_actor = std::remove_cvref_t<decltype(fresh().actor())>;
  using its_critic = std::remove_cvref_t<decltype(fresh().critic())>;
  using of_actions = decltype(b::learner(b::value_table<double, int, int>{}, b::sarsa{.gamma = 0.5}, 0.5));
  STATIC_REQUIRE(make_an_agent<its_actor, its_critic>);
  STATIC_REQUIRE_FALSE(make_an_agent<int, its_critic>);
  STATIC_REQUIRE_FALSE(make_an_agent<its_actor, int>);
  STATIC_REQUIRE_FALSE(make_an_agent<its_actor, of_actions>);
  STATIC_REQUIRE(improves<agent, int, int, fraction>);
  STATIC_REQUIRE_FALSE(improves<agent, std::string, int, fraction>);
  STATIC_REQUIRE_FALSE(improves<agent, int, std::string, fraction>);
}

TEST_CASE("after a cut the time begins anew, too") {
  auto agent = fresh();
  agent.observe(3, 0, fraction(0), b::truncated{4});
  agent.observe(0, 0, fraction(4), 1);
  CHECK(agent.actor().policy().weights() == std::array{fraction(5, 2), fraction(3, 2)});
}

}  // namespace actor_critic
