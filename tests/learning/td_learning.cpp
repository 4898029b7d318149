// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/td_learning.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/harmonic_step.hpp>
#include <bellman/learning/learn_online.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/per_state.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/models/random_walk.hpp>

#include <cmath>
#include <random>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace td_learning {

namespace b = bellman;
using b::test::true_at_both_times;

TEST_CASE("TD(0) takes a step toward the reward and the discounted next value") {
  CHECK(true_at_both_times([] {
    b::learner agent(b::value_table<double, int>{}, b::td_learning{.gamma = 0.5}, 0.5);
    bool right = agent.observe(1, 0, 4.0, b::terminated{}) == 4.0 && agent(1) == 2.0;
    right = right && agent.observe(0, 0, 1.0, 1) == 2.0 && agent(0) == 1.0;
    return right && agent.observe(2, 0, 0.0, b::truncated{1}) == 1.0 && agent(2) == 0.5;
  }));
}

TEST_CASE("the values of the random walk are found") {
  b::models::random_walk<> const walk;
  auto const learned = [&](auto const& rule, double lambda) {
    b::learner agent(b::value_table<double, int>(0.5), b::td_learning{.gamma = 1.0, .lambda = lambda}, rule);
    std::mt19937 urbg(11);
    for (int k = 0; k < 3000; ++k) b::learn_online(agent, walk, [](int) { return 0; }, urbg);
    double total = 0;
    for (int s = 1; s <= 5; ++s) total += std::pow(agent(s) - walk.value_at_discount_1(s), 2) / 5;
    return std::sqrt(total);
  };
  CHECK(learned(b::accumulating{b::per_state{b::generalised_harmonic_step{4.0}}}, 0.0) < 0.03);
  CHECK(learned(b::accumulating{0.01}, 0.8) < 0.06);
  CHECK(learned(b::replacing{0.01}, 0.8) < 0.06);
  CHECK(learned(b::dutch{0.01}, 0.8) < 0.06);
}

}  // namespace td_learning
