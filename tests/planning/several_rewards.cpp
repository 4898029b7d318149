// SPDX-License-Identifier: BSL-1.0

// Rewards of several components: the values of a policy for all of them in one go.

#include <bellman/decision/reward.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/coordinates.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <ranges>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/textbook.hpp"
#include "support/catch.hpp"

namespace several_rewards_tests {

using bellman::coordinates;
using bellman::state_value;

// Rewards of very different sizes; the last is nothing.
double reward(std::size_t i, int s, int a) {
  std::array const sizes{1.0, 1e-6, 1e6, 1.0, 0.0};
  return sizes[i] * ((s * 7 + a * 13 + static_cast<int>(i) * 31) % 17 - 8.0);
}

template <class E, class Policy, class Method>
void is_component_by_component(E const& env, Policy const& policy, double gamma, Method const& how, double tolerance) {
  using vector = coordinates<double, 5>;
  auto const all = state_value(bellman::with_reward(env,
                                                    [](int s, int a) {
                                                      vector r;
                                                      for (std::size_t i = 0; i < 5; ++i) r[i] = reward(i, s, a);
                                                      return r;
                                                    }),
                               policy, gamma, how);
  auto const as_array = state_value(bellman::with_reward(env,
                                                         [](int s, int a) {
                                                           return std::array{reward(0, s, a), reward(2, s, a)};
                                                         }),
                                    policy, gamma, how);
  for (std::size_t i = 0; i < 5; ++i) {
    auto const one = state_value(bellman::with_reward(env, [i](int s, int a) { return reward(i, s, a); }), policy,
                                 gamma, bellman::automatic{1e-12});
    double most = 0;
    for (int const s : env.states()) most = std::max(most, std::abs(one(s)));
    double off = 0;
    for (int const s : env.states()) {
      off = std::max(off, std::abs(all(s)[i] - one(s)));
      if (i == 0) off = std::max(off, std::abs(as_array(s)[0] - one(s)));
      if (i == 2) off = std::max(off, std::abs(as_array(s)[1] - one(s)));
    }
    CHECK(off <= tolerance * most);
  }
  CHECK(all.stopped() == bellman::stop::certified);
}

// A state leads to five others; with `ends`, one in fifty steps ends.
models::listed_mdp<double> random_model(int states, bool ends) {
  std::mt19937 urbg(7);
  std::uniform_real_distribution<double> u(0, 1);
  models::listed_mdp<double> env;
  env.outcomes.resize(static_cast<std::size_t>(states));
  for (int s = 0; s < states - (ends ? 1 : 0); ++s) {
    for (int a = 0; a < 2; ++a) {
      auto& outcomes = env.outcomes[static_cast<std::size_t>(s)].emplace_back();
      double left = ends && s % 10 == 0 ? 0.8 : 1.0;
      if (left < 1) outcomes.push_back({{0.0, states - 1}, 0.2});
      for (int k = 0; k < 4; ++k) {
        double const p = k == 3 ? left : left * u(urbg);
        outcomes.push_back({{0.0, static_cast<int>(urbg() % static_cast<unsigned>(states))}, p});
        left -= p;
      }
    }
  }
  return env;
}

auto const alike = [](int) { return bellman::uniform(std::views::iota(0, 2)); };

TEST_CASE("all components are found, where few states lead to each other and where many do") {
  is_component_by_component(random_model(40, false), alike, 0.9, bellman::automatic{}, 1e-9);
  is_component_by_component(random_model(500, false), alike, 0.99, bellman::automatic{}, 1e-9);
  is_component_by_component(random_model(500, false), alike, 0.9999, bellman::automatic{}, 1e-8);
  is_component_by_component(random_model(500, true), alike, 0.95, bellman::automatic{}, 1e-9);
  is_component_by_component(random_model(500, true), alike, 1.0, bellman::automatic{}, 1e-7);
  is_component_by_component(random_model(500, true), alike, 1.0, bellman::iteration{1e-12}, 1e-10);
  is_component_by_component(random_model(100, true), alike, 1.0, bellman::elimination{}, 1e-12);
}

TEST_CASE("by elimination where sweeps take long and it does not fill up") {
  models::frozen_lake<double, models::lake_8x8> const lake{};
  auto const down = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
  is_component_by_component(lake, down, 0.9999, bellman::automatic{}, 1e-10);
  // A corridor of four hundred steps by chance, which takes up to 160,000 to leave.
  models::listed_mdp<double> corridor;
  corridor.outcomes.resize(401);
  for (int s = 0; s < 400; ++s) {
    for (int a = 0; a < 2; ++a) {
      corridor.outcomes[static_cast<std::size_t>(s)].push_back({{{0.0, s == 0 ? 0 : s - 1}, 0.5}, {{0.0, s + 1}, 0.5}});
    }
  }
  is_component_by_component(corridor, alike, 1.0, bellman::automatic{}, 1e-7);
}

}  // namespace several_rewards_tests
