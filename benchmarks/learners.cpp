// SPDX-License-Identifier: BSL-1.0

// A step of a learner, against a loop over an array as it is usually written: the steps of a random walk along the
// cliff, recorded before.
#include <bellman/decision/rollout.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/sarsa.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/models/cliff_walking.hpp>
#include <bellman/probability/uniform.hpp>

#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <random>
#include <vector>

namespace {

using world = bellman::models::cliff_walking<double>;
using episodes = std::vector<bellman::episode<int, int, double>>;

std::size_t steps_of(episodes const& all) {
  std::size_t n = 0;
  for (auto const& e : all) n += e.size();
  return n;
}

episodes recorded() {
  world const cliff;
  std::mt19937_64 urbg(3);
  episodes all;
  for (int k = 0; k < 20; ++k) {
    all.push_back(bellman::rollout(cliff, [&](int s) { return bellman::uniform(cliff.actions(s)); }, urbg));
  }
  return all;
}

struct looked_up {
  static auto prediction() { return bellman::value_table<double, int, int>{}; }
};
struct indexed {
  static auto prediction() {
    return bellman::linear_prediction(48 * 4, [](int s, int a) { return 4 * s + a; });
  }
};

template <class Kind>
[[gnu::noinline]] double q_by_library(episodes const& all, world const& cliff, double alpha, double gamma) {
  bellman::learner agent(Kind::prediction(), bellman::q_learning{.env = std::cref(cliff), .gamma = gamma}, alpha);
  for (auto const& e : all) agent.improve(e);
  return agent(36, 0);
}
[[gnu::noinline]] double q_by_hand(episodes const& all, double alpha, double gamma) {
  std::vector<double> q(48 * 4, 0.0);
  for (auto const& e : all) {
    for (std::size_t t = 0; t < e.size(); ++t) {
      double best = 0;
      if (t + 1 < e.size()) {
        double const* const next = &q[static_cast<std::size_t>(4 * e.states[t + 1])];
        best = next[0];
        for (int a = 1; a < 4; ++a) best = best < next[a] ? next[a] : best;
      }
      double& value = q[static_cast<std::size_t>(4 * e.states[t] + e.actions[t])];
      value += alpha * (e.rewards[t] + gamma * best - value);
    }
  }
  return q[4 * 36];
}

template <class Kind>
[[gnu::noinline]] double sarsa_by_library(episodes const& all, double alpha, double gamma, double lambda) {
  bellman::learner agent(Kind::prediction(), bellman::sarsa{.gamma = gamma, .lambda = lambda}, alpha);
  for (auto const& e : all) agent.improve(e);
  return agent(36, 0);
}
// With a trace for every weight, which is how it is usually written.
[[gnu::noinline]] double sarsa_by_hand(episodes const& all, double alpha, double gamma, double lambda) {
  std::vector<double> q(48 * 4, 0.0), trace(48 * 4, 0.0);
  for (auto const& e : all) {
    trace.assign(trace.size(), 0.0);
    for (std::size_t t = 0; t < e.size(); ++t) {
      auto const here = static_cast<std::size_t>(4 * e.states[t] + e.actions[t]);
      double const next =
          t + 1 < e.size() ? q[static_cast<std::size_t>(4 * e.states[t + 1] + e.actions[t + 1])] : 0.0;
      double const error = e.rewards[t] + gamma * next - q[here];
      for (double& x : trace) x *= gamma * lambda;
      trace[here] += 1;
      for (std::size_t i = 0; i < q.size(); ++i) q[i] += alpha * error * trace[i];
    }
  }
  return q[4 * 36];
}

template <class Kind>
void q_learning(benchmark::State& state) {
  episodes const all = recorded();
  world const cliff;
  double const alpha = measure::unknown(0.1), gamma = measure::unknown(0.9);
  measure::side_by_side(
      state, steps_of(all), [&] { benchmark::DoNotOptimize(q_by_library<Kind>(all, cliff, alpha, gamma)); },
      [&] { benchmark::DoNotOptimize(q_by_hand(all, alpha, gamma)); });
  state.SetLabel("step");
}
template <class Kind>
void sarsa_with_traces(benchmark::State& state) {
  episodes const all = recorded();
  double const alpha = measure::unknown(0.1), gamma = measure::unknown(0.9), lambda = measure::unknown(0.8);
  measure::side_by_side(
      state, steps_of(all), [&] { benchmark::DoNotOptimize(sarsa_by_library<Kind>(all, alpha, gamma, lambda)); },
      [&] { benchmark::DoNotOptimize(sarsa_by_hand(all, alpha, gamma, lambda)); });
  state.SetLabel("step");
}

BENCHMARK(q_learning<looked_up>)->Name("learner: Q-learning, a table of any states")->Iterations(31);
BENCHMARK(q_learning<indexed>)->Name("learner: Q-learning, states by their numbers")->Iterations(31);
BENCHMARK(sarsa_with_traces<looked_up>)->Name("learner: Sarsa(lambda), a table of any states")->Iterations(31);
BENCHMARK(sarsa_with_traces<indexed>)->Name("learner: Sarsa(lambda), states by their numbers")->Iterations(31);

}  // namespace
