// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/gradient_correction.hpp>

#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/off_policy_td_learning.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <cmath>
#include <random>
#include <ranges>
#include <vector>

#include "support/catch.hpp"

namespace gradient_correction {

namespace b = bellman;

// Baird's counterexample, Sutton and Barto section 11.2: seven states, eight weights; "dashed" goes to one of the first
// six, "solid" to the seventh; nothing is paid, so that every value is 0. The policy in question always takes "solid".
std::array<double, 8> features(int s) {
  std::array<double, 8> x{};
  x[static_cast<std::size_t>(s)] = s < 6 ? 2 : 1;
  x[7] = s < 6 ? 1 : 2;
  return x;
}
constexpr auto solid = [](int) { return 1; };
constexpr auto both = [](int) { return b::categorical(std::array{b::weighted{0, 6.0 / 7}, b::weighted{1, 1.0 / 7}}); };

template <class Rule>
std::vector<double> learned(Rule const& rule, int steps) {
  b::linear_prediction const p(std::vector{1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 10.0, 1.0}, features);
  b::learner agent(p, b::off_policy_td_learning{.policy = solid, .behaviour = both, .gamma = 0.99}, rule);
  std::mt19937 urbg(1);
  int s = 0;
  for (int k = 0; k < steps; ++k) {
    int const a = b::sample(both(s), urbg);
    int const next = a == 1 ? 6 : b::sample(b::uniform(std::views::iota(0, 6)), urbg);
    agent.observe(s, a, 0.0, next);
    s = next;
  }
  return agent.prediction().weights();
}

// The root of the mean squared value; all true values are 0.
double error_of(std::vector<double> const& w) {
  double total = 0;
  for (int s = 0; s < 7; ++s) {
    auto const x = features(s);
    double v = 0;
    for (std::size_t i = 0; i < 8; ++i) v += x[i] * w[i];
    total += v * v / 7;
  }
  return std::sqrt(total);
}

// By how much `T_pi v` is above `v` in the projection on the features: of eight features of seven states all of it.
double bellman_error_of(std::vector<double> const& w) {
  auto const value = [&](int s) {
    auto const x = features(s);
    double v = 0;
    for (std::size_t i = 0; i < 8; ++i) v += x[i] * w[i];
    return v;
  };
  double total = 0;
  for (int s = 0; s < 7; ++s) total += std::pow(0.99 * value(6) - value(s), 2) / 7;
  return std::sqrt(total);
}

TEST_CASE("off the policy semi-gradient TD diverges in Baird's counterexample, and TDC does not") {
  double const first = error_of(learned(0.01, 0));
  CHECK(error_of(learned(0.01, 1000)) > 5 * first);
  CHECK(error_of(learned(0.01, 3000)) > 100 * first);
  b::gradient_correction const tdc{.step = 0.005, .second_step = 0.05};
  CHECK(bellman_error_of(learned(tdc, 20000)) < 0.5 * bellman_error_of(learned(tdc, 0)));
  CHECK(bellman_error_of(learned(tdc, 200000)) < 0.2 * bellman_error_of(learned(tdc, 0)));
}

}  // namespace gradient_correction
