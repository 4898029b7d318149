// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/double_q_learning.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/learning/double_prediction.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <random>
#include <ranges>

#include "learning/random_worlds.hpp"
#include "support/catch.hpp"

namespace double_q_learning {

namespace b = bellman;

// Sutton and Barto's example 6.7: from the first state left to one of ten actions that pay -0.1 in the mean and end, or
// right to the end.
struct bias {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto actions(int s) const { return std::views::iota(0, s == 0 ? 2 : 10); }
  constexpr bool terminal(int s) const { return s == 2; }
  auto transition(int s, int a) const {
    if (s == 0) {
      b::outcome const then{0.0, a == 0 ? 1 : 2};
      return std::array{b::weighted{then, 0.5}, b::weighted{then, 0.5}};
    }
    return std::array{b::weighted{b::outcome{0.9, 2}, 0.5}, b::weighted{b::outcome{-1.1, 2}, 0.5}};
  }
};

// The mean over 50 runs of what an agent makes of the way left.
template <class MakeAgent>
double value_of_left(MakeAgent const& make) {
  double total = 0;
  for (unsigned run = 0; run < 50; ++run) {
    auto agent = make(run);
    std::mt19937 urbg(run);
    for (int k = 0; k < 300; ++k) {
      agent.observe(0, 0, 0.0, 1);
      int const a = b::sample(b::uniform(std::views::iota(0, 10)), urbg);
      agent.observe(1, a, b::sample(bias{}.transition(1, a), urbg).reward, b::terminated{});
    }
    total += agent(0, 0);
  }
  return total / 50;
}

TEST_CASE("double Q-learning does not take the largest of several errors for a value") {
  b::value_table<double, int, int> const q;
  double const once =
      value_of_left([&](unsigned) { return b::learner(q, b::q_learning{.env = bias{}, .gamma = 1.0}, 0.1); });
  double const twice = value_of_left([&](unsigned run) {
    return b::learner(b::double_prediction(q, std::mt19937{1000 + run}),
                      b::double_q_learning{.env = bias{}, .gamma = 1.0}, 0.1);
  });
  CHECK(once > 0.1);    // the truth is -0.1
  CHECK(twice < 0.0);
}

TEST_CASE("the other prediction says what the best action of the chosen one is worth") {
  b::double_prediction p(b::value_table<double, int, int>{}, std::mt19937{4});
  for (int a = 0; a < 10; ++a) {
    p.gradient([](std::size_t, double) {}, 1, a);
    p.toss();
    p.gradient([](std::size_t, double) {}, 1, a);
    p.toss();
  }
  // Each of both has its own opinion; the target must be the other one's of the chosen one's best.
  b::learner agent(p, b::double_q_learning{.env = bias{}, .gamma = 0.5}, 1.0);
  std::mt19937 urbg(3);
  for (int k = 0; k < 200; ++k) {
    int const a = b::sample(b::uniform(std::views::iota(0, 10)), urbg);
    auto const& chosen = agent.prediction().chosen();
    auto const& other = agent.prediction().other();
    int best = 0;
    for (int i = 1; i < 10; ++i) best = chosen(1, best) < chosen(1, i) ? i : best;
    double const target = 0.5 * other(1, best) - chosen(0, 0);
    CHECK(agent.observe(0, 0, 0.0, 1) == target);
    agent.observe(1, a, k % 7 - 3.0, b::terminated{});
  }
}

}  // namespace double_q_learning
