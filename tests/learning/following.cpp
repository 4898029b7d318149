// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/following.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/epsilon_greedy.hpp>
#include <bellman/learning/expected_sarsa.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/retrace_learning.hpp>
#include <bellman/learning/tree_backup_learning.hpp>
#include <bellman/learning/value_table.hpp>

#include <functional>
#include <utility>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace following {

namespace b = bellman;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;
using world = learning_models::small_world<fraction, true>;
using table = b::value_table<fraction, int, int>;

constexpr auto exploring(world const& env, fraction const& share) {
  return b::following{[&env, share](auto const& q) { return b::epsilon_greedy(std::cref(env), std::cref(q), share); }};
}

TEST_CASE("expected Sarsa that follows itself has the mean over its own policy") {
  CHECK(true_at_both_times([] {
    world const env;
    b::learner agent(table{}, b::expected_sarsa{.policy = exploring(env, fraction(1, 2)), .gamma = fraction(1, 2)},
                     fraction(1));
    agent.observe(1, 1, fraction(8), b::terminated{});
    // Action 1 is the best now, and taken with probability 1/4 + 1/2.
    bool right = agent.observe(0, 0, fraction(1), 1) == 1 + fraction(1, 2) * fraction(3, 4) * 8;
    agent.observe(1, 0, fraction(16), b::terminated{});
    return right && agent.observe(0, 1, fraction(0), 1) == fraction(1, 2) * (fraction(3, 4) * 16 + fraction(1, 4) * 8);
  }));
}

TEST_CASE("of no exploration it is Q-learning, and targets that agree of a fixed policy agree of their own") {
  world const env;
  auto const same = [](auto one, auto two) {
    for (int k = 0; k < 12; ++k) {
      int const s = k % 3, a = (k / 3) % 2, next = (k * k + 1) % 3;
      fraction const reward((k * 7) % 5 - 2);
      CHECK(one.observe(s, a, reward, next) == two.observe(s, a, reward, next));
      if (k % 6 == 5) {
        one.observe(next, 0, fraction(1), b::terminated{});
        two.observe(next, 0, fraction(1), b::terminated{});
      }
    }
  };
  auto const greedy = exploring(env, fraction(0));
  fraction const half(1, 2);
  same(b::learner(table{}, b::expected_sarsa{.policy = greedy, .gamma = half}, fraction(1)),
       b::learner(table{}, b::q_learning{.env = env, .gamma = half}, fraction(1)));
  auto const all = exploring(env, fraction(1));
  same(b::learner(table{}, b::retrace_learning{.policy = all, .behaviour = all, .gamma = half, .lambda = half},
                  fraction(1)),
       b::learner(table{}, b::expected_sarsa{.policy = all, .gamma = half, .lambda = half}, fraction(1)));
  same(b::learner(table{}, b::tree_backup_learning{.policy = all, .gamma = half, .lambda = 1}, fraction(1)),
       b::learner(table{}, b::expected_sarsa{.policy = all, .gamma = half, .lambda = half}, fraction(1)));
}

template <class Target>
concept learns = requires(decltype(b::learner(table{}, std::declval<Target>(), fraction(1)))& agent) {
  agent.observe(0, 0, fraction(1), 1);
};

TEST_CASE("what is followed is a policy") {
  auto const nothing = [](auto const&) { return 3.5; };
  using wrong = b::following<decltype(nothing)>;
  using right = decltype(exploring(std::declval<world const&>(), fraction(1)));
  STATIC_REQUIRE(learns<b::expected_sarsa<right, fraction>>);
  STATIC_REQUIRE_FALSE(learns<b::expected_sarsa<wrong, fraction>>);
  STATIC_REQUIRE_FALSE(learns<b::expected_sarsa<b::following<int>, fraction>>);
}

}  // namespace following
