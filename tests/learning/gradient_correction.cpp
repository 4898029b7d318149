// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/gradient_correction.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/off_policy_td_learning.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <ranges>
#include <vector>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/catch.hpp"

namespace gradient_correction {

namespace b = bellman;
using learning_models::other_policy;
using learning_models::some_policy;
using fraction = boost::rational<long long>;

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

// GTD(lambda) as the book has it, section 12.11, of two features, without a learner.
struct by_the_book {
  fraction gamma, lambda, alpha, beta;
  std::array<fraction, 2> w{}, v{}, z{};

  static std::array<fraction, 2> x(int s) { return {fraction(1), fraction(s)}; }
  static fraction dot(std::array<fraction, 2> const& a, std::array<fraction, 2> const& c) {
    return a[0] * c[0] + a[1] * c[1];
  }
  // After an end the features of the next state are zero.
  void step(int s, fraction const& rho, fraction const& reward, std::array<fraction, 2> const& next) {
    auto const here = x(s);
    fraction const delta = reward + gamma * dot(w, next) - dot(w, here);
    for (std::size_t i = 0; i < 2; ++i) z[i] = rho * (gamma * lambda * z[i] + here[i]);
    fraction const of_trace = dot(z, v), of_state = dot(v, here);
    for (std::size_t i = 0; i < 2; ++i) {
      w[i] += alpha * (delta * z[i] - gamma * (fraction(1) - lambda) * of_trace * next[i]);
      v[i] += beta * (delta * z[i] - of_state * here[i]);
    }
  }
};

TEST_CASE("with traces and ratios it is GTD(lambda), and an end or a cut ends the traces") {
  for (fraction const lambda : {fraction(0), fraction(1, 2), fraction(1)}) {
    by_the_book book{fraction(1, 2), lambda, fraction(1, 2), fraction(1, 4)};
    b::learner agent(
        b::linear_prediction(std::vector(2, fraction(0)), [](int s) { return std::array{fraction(1), fraction(s)}; }),
        b::off_policy_td_learning{.policy = some_policy<fraction>, .behaviour = other_policy<fraction>,
                                  .gamma = book.gamma, .lambda = lambda},
        b::gradient_correction{.step = book.alpha, .second_step = book.beta});
    auto const ratio = [](int s, int a) { return fraction(2 * (a == 0 ? 1 + s : 4 - s), 5); };
    agent.observe(0, 1, fraction(2), 1);
    book.step(0, ratio(0, 1), fraction(2), book.x(1));
    agent.observe(1, 0, fraction(-1), b::truncated{0});
    book.step(1, ratio(1, 0), fraction(-1), book.x(0));
    book.z = {};
    agent.observe(0, 0, fraction(1), 1);
    book.step(0, ratio(0, 0), fraction(1), book.x(1));
    agent.observe(1, 1, fraction(1), b::terminated{});
    book.step(1, ratio(1, 1), fraction(1), {});
    book.z = {};
    agent.observe(1, 0, fraction(1), 0);
    book.step(1, ratio(1, 0), fraction(1), book.x(0));
    CHECK(agent.prediction().weights() == std::vector(book.w.begin(), book.w.end()));
    CHECK(book.w[1] != 0);
  }
}

}  // namespace gradient_correction
