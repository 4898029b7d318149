// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/q_learning.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/error.hpp>
#include <bellman/learning/epsilon_greedy.hpp>
#include <bellman/learning/harmonic_step.hpp>
#include <bellman/learning/learn_online.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/per_state.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/value/action_value.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <random>
#include <ranges>

#include "learning/random_worlds.hpp"
#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace q_learning {

namespace b = bellman;
using learning_models::learn_from_all_starts;
using learning_models::random_world;
using b::test::true_at_both_times;

// Numbers by a congruence: the low bits of Knuth's MMIX.
class congruence {
 public:
  using result_type = std::uint32_t;
  static constexpr std::uint32_t min() { return 0; }
  static constexpr std::uint32_t max() { return 0xffffffffU; }
  constexpr std::uint32_t operator()() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state_ >> 32);
  }

 private:
  std::uint64_t state_ = 1;
};

// A maze of 3 x 3 cells with a wall in the middle, from the cell 6, the lower left, to the cell 2, the upper right: four
// steps, each of which costs 1.
struct maze {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto actions(int) const { return std::array{0, 1, 2, 3}; }
  constexpr bool terminal(int s) const { return s == 2; }
  constexpr auto start() const { return b::dirac{6}; }
  constexpr auto transition(int s, int a) const {
    int const row = s / 3 + (a == 0 ? -1 : a == 2 ? 1 : 0);
    int const column = s % 3 + (a == 1 ? 1 : a == 3 ? -1 : 0);
    bool const stays = row < 0 || row > 2 || column < 0 || column > 2 || (row == 1 && column == 1);
    return b::dirac{b::outcome{-1.0, stays ? s : 3 * row + column}};
  }
};

// What the compiler learns of it in a number of episodes; the chain keeps each within what compilers grant.
struct learned {
  std::array<double, 36> q;
  congruence urbg;
};
constexpr learned after_episodes(learned before, int episodes) {
  b::linear_prediction const table(std::vector<double>(before.q.begin(), before.q.end()),
                                   [](int s, int a) { return 4 * s + a; });
  b::learner agent(table, b::q_learning{.env = maze{}, .gamma = 1.0}, 1.0);
  for (int k = 0; k < episodes; ++k) {
    b::learn_online(agent, maze{}, b::epsilon_greedy(maze{}, std::cref(agent), 0.25), before.urbg, b::step_limit{40});
  }
  learned after{{}, before.urbg};
  for (std::size_t i = 0; i < after.q.size(); ++i) after.q[i] = agent.prediction().weights()[i];
  return after;
}
template <int K>
constexpr learned after_rounds = after_episodes(after_rounds<K - 1>, 4);
template <>
constexpr learned after_rounds<0> = learned{{}, {}};

TEST_CASE("the compiler learns a maze by Q-learning") {
  constexpr learned found = after_rounds<12>;
  auto const best = [](auto const& q, int s) {
    double most = q[static_cast<std::size_t>(4 * s)];
    for (int a = 1; a < 4; ++a) most = most < q[static_cast<std::size_t>(4 * s + a)] ? q[static_cast<std::size_t>(4 * s + a)] : most;
    return most;
  };
  // With a step size of 1 nothing is left of what came before, in a world without chance.
  STATIC_REQUIRE(best(found.q, 6) == -4);
  STATIC_REQUIRE(best(found.q, 1) == -1);
  learned at_run_time{{}, {}};
  for (int k = 0; k < 12; ++k) at_run_time = after_episodes(at_run_time, 4);
  CHECK(at_run_time.q == found.q);
}

TEST_CASE("Q-learning with harmonic steps comes near the optimal values of 20 random models") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    auto const env = random_world(seed);
    double const gamma = 0.5;
    auto const q = b::action_value(env, gamma, b::solve(env, gamma).value);
    b::learner agent(b::value_table<double, int, int>{}, b::q_learning{.env = std::cref(env), .gamma = gamma},
                     b::per_state{b::generalised_harmonic_step{10.0}});
    learn_from_all_starts(agent, env, [&](int s) { return b::uniform(env.actions(s)); }, 2000);
    for (int s : env.states()) {
      for (int a : env.actions(s)) {
        INFO(seed << ": " << s << ", " << a << ": " << agent(s, a) << " for " << q(s, a));
        CHECK(std::abs(agent(s, a) - q(s, a)) < 0.3);  // values lie in [-6, 6]
      }
    }
  }
}

TEST_CASE("the traces of Q(lambda) end at an action that is not greedy") {
  learning_models::small_world<double, true> const env;
  b::value_table<double, int, int> q;
  q.gradient([&](std::size_t, double) {}, 1, 0);
  q.weights()[0] = 4.0;  // in state 1 action 0 is the greedy one
  for (int a : {0, 1}) {
    b::learner agent(q, b::q_learning{.env = env, .gamma = 0.5, .lambda = 0.5}, 1.0);
    CHECK(agent.observe(0, 1, 1.0, 1) == 1.0 + 0.5 * 4.0);
    double const error = agent.observe(1, a, 2.0, b::terminated{});
    CHECK(error == (a == 0 ? -2.0 : 2.0));
    CHECK(agent(0, 1) == 3.0 + (a == 0 ? 0.25 * error : 0.0));
  }
}

TEST_CASE("an action that the environment does not have is refused, and nothing is learned") {
  learning_models::small_world<double> const env;
  b::learner agent(b::value_table<double, int, int>{}, b::q_learning{.env = env, .gamma = 0.5}, 0.5);
  CHECK(b::test::message_of([&] { agent.observe(0, 2, 1.0, 1); }) ==
        "bellman: action 2 is none of the environment's in the state it was taken in");
  CHECK(agent(0, 2) == 0.0);
  CHECK(agent.prediction().weights().empty());
}

}  // namespace q_learning
