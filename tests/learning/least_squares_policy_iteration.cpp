// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/least_squares_policy_iteration.hpp>

#include <bellman/decision/episode.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/least_squares.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/value/action_value.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "learning/least_squares.hpp"
#include "learning/small_world.hpp"
#include "support/catch.hpp"

namespace least_squares_policy_iteration {

namespace b = bellman;
using learning_models::other_policy;
using learning_models::see_all;
using learning_models::small_world;
using rational = b::rational512;

// Keeps the steps that it observes as recordings of one step each.
struct recorder {
  using episode = b::episode<int, int, rational>;
  std::vector<episode> all;

  void observe(int s, int a, rational const& r, int next) { all.push_back({{s, next}, {a}, {r}, b::truncated{}}); }
  void observe(int s, int a, rational const& r, b::terminated) { all.push_back({{s, 3}, {a}, {r}, {}}); }
};

TEST_CASE("LSPI of a table finds the optimal action values from recordings of any policy") {
  small_world<rational, true> const env;
  rational const gamma = rational(3) / 4;
  recorder seen{};
  see_all(seen, env, other_policy<rational>, [](int) { return 2; });  // 30 of each state: 5, 10, 10, 5
  b::learner agent(b::value_table<rational, int, int>{}, b::q_learning{.env = env, .gamma = gamma},
                   b::least_squares{.regulariser = rational(0)});
  CHECK_FALSE(b::least_squares_policy_iteration(agent, seen.all, 1));
  CHECK(b::least_squares_policy_iteration(agent, seen.all));
  auto const q = b::action_value(env, gamma, b::solve(env, gamma).value);
  for (int s = 0; s < 3; ++s) {
    for (int a : env.actions(s)) CHECK(agent(s, a) == q(s, a));
  }
}

// To the left 1 is paid at once, to the right 10 a step later, which a policy that knows nothing does not find.
struct patience {
  using state_type = int;
  using action_type = int;
  using reward_type = rational;

  auto actions(int) const { return std::array{0, 1}; }
  bool terminal(int s) const { return s == 2; }
  auto transition(int s, int a) const {
    return b::dirac{b::outcome{rational(s == 0 ? 1 - a : 10 * a), s == 0 && a == 1 ? 1 : 2}};
  }
};

TEST_CASE("what was seen by the policies of former rounds is forgotten, so that it settles") {
  using path = b::episode<int, int, rational>;
  std::vector<path> const seen{path{{0, 1, 2}, {1, 0}, {rational(0), rational(0)}, {}},
                               path{{0, 1, 2}, {1, 1}, {rational(0), rational(10)}, {}},
                               path{{0, 2}, {0}, {rational(1)}, {}}};
  b::learner agent(b::value_table<rational, int, int>{}, b::q_learning{.env = patience{}, .gamma = rational(1) / 2},
                   b::least_squares{.regulariser = rational(0)});
  CHECK_FALSE(b::least_squares_policy_iteration(agent, seen, 1));
  CHECK(agent(0, 1) == 0);
  CHECK(b::least_squares_policy_iteration(agent, seen, 3));
  CHECK(agent(0, 1) == 5);
  CHECK(agent(0, 0) == 1);
  CHECK(agent(1, 1) == 10);
}

}  // namespace least_squares_policy_iteration
