// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/sarsa.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/learning/epsilon_greedy.hpp>
#include <bellman/learning/harmonic_step.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/per_state.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/value/action_value.hpp>

#include <cmath>
#include <functional>
#include <type_traits>
#include <utility>

#include "learning/random_worlds.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace sarsa {

namespace b = bellman;
using learning_models::learn_from_all_starts;
using learning_models::random_world;

TEST_CASE("Sarsa with harmonic steps comes near the values of the policy in 20 random models") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    auto const env = random_world(seed);
    double const gamma = 0.5;
    auto const pi = [&](int s) { return b::uniform(env.actions(s)); };
    auto const q = b::action_value(env, gamma, b::state_value(env, pi, gamma));
    b::learner agent(b::value_table<double, int, int>{}, b::sarsa{.gamma = gamma},
                     b::per_state{b::generalised_harmonic_step{3.0}});
    learn_from_all_starts(agent, env, pi, 5000);
    for (int s : env.states()) {
      for (int a : env.actions(s)) {
        INFO(seed << ": " << s << ", " << a << ": " << agent(s, a) << " for " << q(s, a));
        CHECK(std::abs(agent(s, a) - q(s, a)) < 0.4);  // values lie in [-6, 6]
      }
    }
  }
}

TEST_CASE("Sarsa that explores less and less finds an optimal policy") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    auto const env = random_world(seed);
    double const gamma = 0.5;
    auto const best = b::solve(env, gamma);
    auto const q = b::action_value(env, gamma, best.value);
    b::learner agent(b::value_table<double, int, int>{}, b::sarsa{.gamma = gamma},
                     b::per_state{b::generalised_harmonic_step{10.0}});
    for (int k = 0; k < 100; ++k) {
      learn_from_all_starts(agent, env, b::epsilon_greedy(std::cref(env), std::cref(agent), 1.0 / (1 + k)), 20);
    }
    for (int s : env.states()) {
      int const a = agent(s, 0) < agent(s, 1) ? 1 : 0;
      INFO(seed << ": " << s);
      CHECK(q(s, a) > best.value(s) - 0.3);
    }
  }
}

template <class L, class... X>
concept observes = requires(L& agent, X const&... x) { agent.observe(x...); };

TEST_CASE("Sarsa reads the action taken next, and refuses an episode that does not have it") {
  using agent = decltype(b::learner(b::value_table<double, int, int>{}, b::sarsa{.gamma = 0.5}, 0.5));
  STATIC_REQUIRE(agent::reads_next_action);
  STATIC_REQUIRE_FALSE(observes<agent, int, int, double, int>);
  STATIC_REQUIRE(observes<agent, int, int, double, int, int>);
  STATIC_REQUIRE(observes<agent, int, int, double, b::terminated>);
  agent some(b::value_table<double, int, int>{}, b::sarsa{.gamma = 0.5}, 0.5);
  b::episode<int, int, double> const seen{{0, 1, 2}, {0, 1}, {1.0, 2.0}, b::truncated{}};
  CHECK(b::test::message_of([&] { some.improve(seen); }) ==
        "bellman: the episode was truncated after 2 steps, and the target reads the action taken next, which it does not "
        "have; use a target that does not, or observe its steps one by one");
  CHECK(some.prediction().weights().empty());
  some.observe(0, 0, 1.0, b::truncated{1}, 1);  // by itself it is known
  CHECK(some(0, 0) == 0.5);
}

}  // namespace sarsa
