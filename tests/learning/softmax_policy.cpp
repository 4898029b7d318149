// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/softmax_policy.hpp>

#include <bellman/decision/policy.hpp>
#include <bellman/learning/actor.hpp>
#include <bellman/learning/boltzmann.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/value_table.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

#include "learning/small_world.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace softmax_policy {

namespace b = bellman;
using world = learning_models::small_world<double>;

// Two weights: of the action, and of the state and the action.
constexpr auto features = [](int s, int a) { return std::array{1.0 * a, 0.5 * s * a - a}; };

TEST_CASE("the score is the derivative of the log-probability") {
  std::vector const w{0.3, -0.7};
  b::softmax_policy pi(world{}, b::linear_prediction(w, features));
  double const step = 1e-6;
  for (int s = 0; s < 3; ++s) {
    for (int a = 0; a < 2; ++a) {
      std::array<double, 2> score{};
      pi.score([&](std::size_t i, double d) { score[i] += d; }, s, a);
      for (std::size_t i = 0; i < 2; ++i) {
        auto above = w, below = w;
        above[i] += step;
        below[i] -= step;
        auto const log_probability = [&](std::vector<double> const& x) {
          auto const d = b::softmax_policy(world{}, b::linear_prediction(x, features))(s);
          return std::log(d.begin()[a].probability);
        };
        CHECK(std::abs(score[i] - (log_probability(above) - log_probability(below)) / (2 * step)) < 1e-9);
      }
    }
  }
}

TEST_CASE("it is the Boltzmann policy of its preferences with temperature 1") {
  STATIC_REQUIRE(b::policy_for<b::softmax_policy<world, b::value_table<double, int, int>>, world>);
  world const env;
  b::linear_prediction const h(std::vector{0.3, -0.7}, features);
  b::softmax_policy const pi(std::cref(env), h);
  b::boltzmann const same(env, h, 1.0);
  for (int s = 0; s < 3; ++s) CHECK(pi(s).begin()[1].probability == same(s).begin()[1].probability);
}

TEST_CASE("an action that the environment does not have has no score") {
  b::softmax_policy pi(world{}, b::value_table<double, int, int>{});
  CHECK(b::test::message_of([&] { pi.score([](std::size_t, double) {}, 0, 5); }) ==
        "bellman: action 5 is none of the environment's in the state it was taken in");
}

}  // namespace softmax_policy
