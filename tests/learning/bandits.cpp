// SPDX-License-Identifier: BSL-1.0

// What exploration loses in a bandit, against what was proved of it: Auer, Cesa-Bianchi and Fischer 2002, "Finite-time
// analysis of the multiarmed bandit problem".

#include <bellman/decision/outcome.hpp>
#include <bellman/learning/epsilon_greedy.hpp>
#include <bellman/learning/step_sizes.hpp>
#include <bellman/learning/ucb1.hpp>
#include <bellman/learning/visit_counts.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/sample.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <random>
#include <vector>

#include "support/catch.hpp"

namespace bandits {

namespace {

// One state and K arms, of which arm a pays 1 with probability means[a], else 0.
template <std::size_t K>
struct bandit {
  using state_type = int;
  using action_type = std::size_t;
  using reward_type = double;

  std::array<double, K> means;

  auto actions(int) const {
    return bellman::internal::array_of<K>([](std::size_t i) { return i; });
  }
  bool terminal(int) const { return false; }
  auto transition(int, std::size_t a) const {
    return bellman::categorical{std::array{bellman::weighted{bellman::outcome{1.0, 0}, means[a]},
                                           bellman::weighted{bellman::outcome{0.0, 0}, 1 - means[a]}}};
  }

  double best() const { return *std::max_element(means.begin(), means.end()); }
  // What is lost by arm a.
  double gap(std::size_t a) const { return best() - means[a]; }
  double least_gap() const {
    double d = 1;
    for (std::size_t a = 0; a < K; ++a) d = gap(a) > 0 ? std::min(d, gap(a)) : d;
    return d;
  }
};

constexpr std::array<std::size_t, 3> horizons{100, 1'000, 10'000};
constexpr int runs = 20;

// The mean loss up to each horizon of who learns the mean of each arm and takes the arm that
// `choose(n, env, q, counts, chance)` says at step n.
template <std::size_t K, class Choose>
std::array<double, 3> mean_regret(bandit<K> const& env, Choose const& choose) {
  std::array<double, 3> all{};
  for (int run = 0; run < runs; ++run) {
    std::mt19937 chance(static_cast<unsigned>(run));
    std::array<double, K> learned{};
    bellman::visit_counts<int, std::size_t> counts;
    auto const q = [&learned](int, std::size_t a) { return learned[a]; };
    double regret = 0;
    std::size_t n = 0;
    for (std::size_t h = 0; h < horizons.size(); ++h) {
      for (; n < horizons[h]; ++n) {
        std::size_t const a = choose(n + 1, env, q, counts, chance);
        double const reward = bellman::sample(env.transition(0, a), chance).reward;
        double const step = bellman::step_size_of<double>(bellman::harmonic_step{}, counts.add(0, a));
        learned[a] += step * (reward - learned[a]);
        regret += env.gap(a);
      }
      all[h] += regret / runs;
    }
  }
  return all;
}

auto const by_ucb1 = [](std::size_t, auto const& env, auto const& q, auto const& counts, auto&) {
  return bellman::ucb1{std::ref(env), q, std::ref(counts)}(0);
};
// epsilon_n = min(1, c K / (d^2 n))
auto by_falling_epsilon(double c, double d) {
  return [c, d](std::size_t n, auto const& env, auto const& q, auto const&, auto& chance) {
    auto const arms = static_cast<double>(env.means.size());
    double const e = std::min(1.0, c * arms / (d * d * static_cast<double>(n)));
    return bellman::sample(bellman::epsilon_greedy{std::ref(env), q, e}(0), chance);
  };
}
auto by_constant_epsilon(double e) {
  return [e](std::size_t, auto const& env, auto const& q, auto const&, auto& chance) {
    return bellman::sample(bellman::epsilon_greedy{std::ref(env), q, e}(0), chance);
  };
}

// Theorem 1: the expected regret of UCB1 after n steps is at most this.
template <std::size_t K>
double bound_of_ucb1(bandit<K> const& env, std::size_t n) {
  constexpr double pi = 3.14159265358979323846;
  double by_gaps = 0;
  double gaps = 0;
  for (std::size_t a = 0; a < K; ++a) {
    if (env.gap(a) > 0) by_gaps += 8 * std::log(static_cast<double>(n)) / env.gap(a);
    gaps += env.gap(a);
  }
  return by_gaps + (1 + pi * pi / 3) * gaps;
}

// Theorem 3: at step n >= c K / d, arm j that is not best is taken with at most this probability; before, arms are taken
// alike or with whatever probability.
template <std::size_t K>
double bound_of_falling_epsilon(bandit<K> const& env, double c, double d, std::size_t n) {
  double gaps = 0;
  for (std::size_t a = 0; a < K; ++a) gaps += env.gap(a);
  double total = 0;
  double const begin = c * K / (d * d);
  for (std::size_t i = 1; i <= n; ++i) {
    auto const t = static_cast<double>(i);
    if (t <= begin) {
      total += gaps / K;  // epsilon is 1
      continue;
    }
    double const share = c * K / ((t - 1) * d * d * std::exp(0.5));
    double const p = c / (d * d * t) + 2 * c / (d * d) * std::log(1 / share) * std::pow(share, c / (5 * d * d)) +
                     4 * std::exp(1.0) / (d * d) * std::pow(share, c / 2);
    total += std::min(1.0, p) * gaps;
  }
  return total;
}

// How much more is lost in the second factor of ten of the steps than in the first: about 1 for a loss of the order of
// ln n, 10 for one of the order of n.
double growth(std::array<double, 3> const& regret) { return (regret[2] - regret[1]) / (regret[1] - regret[0]); }

constexpr bandit<2> two_arms{{0.9, 0.6}};
constexpr bandit<4> four_arms{{0.3, 0.5, 0.8, 0.5}};

}  // namespace

TEST_CASE("UCB1 loses no more than was proved, and by its order") {
  auto const check = [](auto const& env) {
    auto const regret = mean_regret(env, by_ucb1);
    for (std::size_t h = 0; h < horizons.size(); ++h) CHECK(regret[h] < bound_of_ucb1(env, horizons[h]));
    CHECK(growth(regret) < 2.5);
  };
  check(two_arms);
  check(four_arms);
}

TEST_CASE("epsilon-greedy with a share that falls as 1 / n loses no more than was proved, and by its order") {
  constexpr double c = 6;
  auto const check = [](auto const& env) {
    double const d = env.least_gap();
    auto const regret = mean_regret(env, by_falling_epsilon(c, d));
    for (std::size_t h = 0; h < horizons.size(); ++h) {
      CHECK(regret[h] < 1.05 * bound_of_falling_epsilon(env, c, d, horizons[h]));  // of a mean of 20 runs
    }
    CHECK(growth(regret) < 2.5);
  };
  check(two_arms);
  check(four_arms);
}

TEST_CASE("with a constant share, or without one, the loss grows with the number of steps") {
  auto const constant = mean_regret(two_arms, by_constant_epsilon(0.2));
  CHECK(growth(constant) > 6);
  // A tenth of all steps is lost by the gap.
  CHECK(constant[2] > 0.9 * 0.1 * 0.3 * 10'000);
  auto const greedy = mean_regret(four_arms, by_constant_epsilon(0.0));
  CHECK(growth(greedy) > 6);
  CHECK(greedy[2] > bound_of_ucb1(four_arms, 10'000));
}

}  // namespace bandits
