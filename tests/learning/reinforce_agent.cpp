// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/reinforce_agent.hpp>

#include <bellman/decision/agent.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/learning/actor.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/least_squares.hpp>
#include <bellman/learning/policy_family.hpp>
#include <bellman/learning/policy_gradient_agent.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <string>
#include <type_traits>
#include <utility>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace reinforce_agent {

namespace b = bellman;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

constexpr auto shares = [](auto const& theta, int) {
  auto const total = theta[0] + theta[1];
  return b::categorical(std::array{b::weighted{0, theta[0] / total}, b::weighted{1, theta[1] / total}});
};
constexpr auto with_baseline(fraction level) {
  return b::reinforce_agent(
      b::actor(b::policy_family(shares, std::array{fraction(2), fraction(3)}), fraction(1, 2)),
      b::learner(b::value_table<fraction, int>(level), b::td_learning{.gamma = fraction(1, 2)}, fraction(1, 4)));
}

TEST_CASE("with a baseline of 0 it is the agent without one, and the baseline learns the returns") {
  CHECK(true_at_both_times([] {
    b::episode<int, int, fraction> seen{{0, 1, 3}, {0, 1}, {fraction(4), fraction(2)}, {}};
    auto agent = with_baseline(fraction(0));
    agent.improve(seen);
    b::policy_gradient_agent plain(shares, std::array{fraction(2), fraction(3)}, fraction(1, 2), fraction(1, 2));
    plain.improve(seen);
    return agent.actor().policy().weights() == plain.parameters() && agent.baseline()(0) == fraction(5, 4) &&
           agent.baseline()(1) == fraction(1, 2);
  }));
}

TEST_CASE("a return that is what the baseline expected moves nothing") {
  auto agent = with_baseline(fraction(2));
  agent.improve(b::episode<int, int, fraction>{{0, 3}, {0}, {fraction(2)}, {}});
  CHECK(agent.actor().policy().weights() == std::array{fraction(2), fraction(3)});
}

TEST_CASE("of a truncated episode the value of the last state is asked for") {
  auto agent = with_baseline(fraction(0));
  b::episode<int, int, fraction> const seen{{0, 1}, {0}, {fraction(2)}, b::truncated{}};
  CHECK(b::test::message_of([&] { agent.improve(seen); }).find("truncated after 1 steps") != std::string::npos);
  CHECK(agent.actor().policy().weights() == std::array{fraction(2), fraction(3)});
  agent.improve(seen, b::truncated{fraction(4)});
  CHECK(agent.baseline()(0) == 1);  // a quarter of 2 + 4/2
  STATIC_REQUIRE(b::agent_for<decltype(agent), learning_models::small_world<fraction>>);
}

template <class... X>
concept make_an_agent = requires(X const&... x) { b::reinforce_agent(x...); };
template <class Agent, class... X>
concept improves = requires(Agent& agent, b::episode<X...> const& e) { agent.improve(e); };

TEST_CASE("an episode whose lengths do not fit is refused, and what cannot be learned is answered before") {
  auto agent = with_baseline(fraction(0));
  b::policy_gradient_agent plain(shares, std::array{fraction(2), fraction(3)}, fraction(1, 2), fraction(1, 2));
  b::episode<int, int, fraction> const seen{{0}, {0, 1}, {fraction(2), fraction(1)}, {}};
  std::string const message =
      "bellman: an episode of 1 states, 2 actions and 2 rewards; there must be an action and a reward for each state "
      "but the last";
  CHECK(b::test::message_of([&] { agent.improve(seen); }) == message);
  CHECK(b::test::message_of([&] { plain.improve(seen); }) == message);
  STATIC_REQUIRE(improves<decltype(agent), int, int, fraction>);
  STATIC_REQUIRE_FALSE(improves<decltype(agent), std::string, int, fraction>);
  STATIC_REQUIRE_FALSE(improves<decltype(plain), std::string, int, fraction>);
  STATIC_REQUIRE_FALSE(improves<decltype(plain), int, std::string, fraction>);
  using its_actor = std::remove_cvref_t<decltype(agent.actor())>;
  STATIC_REQUIRE_FALSE(make_an_agent<its_actor, int>);
  STATIC_REQUIRE_FALSE(make_an_agent<int, std::remove_cvref_t<decltype(agent.baseline())>>);
  using equations = decltype(b::learner(b::value_table<fraction, int>{}, b::td_learning{.gamma = fraction(1, 2)},
                                        b::least_squares{.regulariser = fraction(1)}));
  STATIC_REQUIRE_FALSE(improves<decltype(b::reinforce_agent(std::declval<its_actor>(), std::declval<equations>())), int,
                                int, fraction>);
}

}  // namespace reinforce_agent
