// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/learn_online.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/models/cliff_walking.hpp>

#include <functional>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/refusals.hpp"

namespace learn_online {

namespace b = bellman;
using cliff = b::models::cliff_walking<double>;

// Notes what it observes, as a text.
struct witness {
  std::string seen{};

  void observe(int s, int a, double, int next) { seen += note(s, a) + std::to_string(next) + " "; }
  void observe(int s, int a, double, b::terminated) { seen += note(s, a) + "end "; }
  void observe(int s, int a, double, b::truncated<int> cut) { seen += note(s, a) + "cut at " + std::to_string(cut.value); }
  static std::string note(int s, int a) { return std::to_string(s) + ":" + std::to_string(a) + ">"; }
};
struct witness_of_actions {
  static constexpr bool reads_next_action = true;
  std::string seen{};

  void observe(int s, int a, double, int next, int then) {
    seen += witness::note(s, a) + std::to_string(next) + "," + std::to_string(then) + " ";
  }
  void observe(int s, int a, double, b::terminated) { seen += witness::note(s, a) + "end "; }
  void observe(int s, int a, double, b::truncated<int> cut, int then) {
    seen += witness::note(s, a) + "cut at " + std::to_string(cut.value) + "," + std::to_string(then);
  }
};

constexpr auto along_the_cliff = [](int s) { return s == 36 ? 0 : s % 12 == 11 ? 2 : 1; };

TEST_CASE("an agent observes each step, the last one as what it is") {
  std::mt19937 urbg(1);
  witness agent;
  auto const total = b::learn_online(agent, cliff{}, along_the_cliff, urbg);
  CHECK(total == b::episode_total<double>{13, -13.0, b::terminated{}});
  CHECK(agent.seen == "36:0>24 24:1>25 25:1>26 26:1>27 27:1>28 28:1>29 29:1>30 30:1>31 31:1>32 32:1>33 33:1>34 34:1>35 "
                      "35:2>end ");
  witness cut;
  CHECK(b::learn_online(cut, cliff{}, along_the_cliff, 33, urbg, b::step_limit{2}) ==
        b::episode_total<double>{2, -2.0, b::truncated{}});
  CHECK(cut.seen == "33:1>34 34:1>cut at 35");
  witness_of_actions of_actions;
  b::learn_online(of_actions, cliff{}, along_the_cliff, 33, urbg, b::step_limit{2});
  CHECK(of_actions.seen == "33:1>34,1 34:1>cut at 35,2");
}

TEST_CASE("where an episode is over before it begins nothing is observed") {
  std::mt19937 urbg(1);
  witness agent;
  CHECK(b::learn_online(agent, cliff{}, along_the_cliff, 47, urbg).steps == 0);
  CHECK(b::learn_online(agent, cliff{}, along_the_cliff, urbg, b::step_limit{0}).ending == b::truncated{});
  CHECK(agent.seen == "");
}

TEST_CASE("an action that the environment does not have is refused before it is taken") {
  std::mt19937 urbg(1);
  witness agent;
  CHECK(b::test::message_of([&] { b::learn_online(agent, cliff{}, [](int) { return 4; }, urbg); }) ==
        "bellman: action 4 is none of the environment's in the state it was taken in");
  CHECK(agent.seen == "");
}

TEST_CASE("what does not observe learns nothing") {
  using policy = int (*)(int);
  using learn = decltype(b::learn_online);
  using agent = decltype(b::learner(b::value_table<double, int, int>{}, b::q_learning{.env = cliff{}, .gamma = 1}, 1));
  STATIC_REQUIRE(std::is_invocable_v<learn, agent&, cliff, policy, std::mt19937&>);
  STATIC_REQUIRE(std::is_invocable_v<learn, agent&, std::reference_wrapper<cliff const>, policy, int, std::mt19937&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<learn, agent, cliff, policy, std::mt19937&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<learn, int&, cliff, policy, std::mt19937&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<learn, agent&, int, policy, std::mt19937&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<learn, agent&, cliff, int, std::mt19937&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<learn, agent&, cliff, policy, std::string, std::mt19937&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<learn, agent&, cliff, policy, int>);
}

}  // namespace learn_online
