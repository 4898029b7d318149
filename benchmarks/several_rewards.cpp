// SPDX-License-Identifier: BSL-1.0

// Eight rewards of one environment: the values of a policy for all of them in one go, against eight runs of one.
#include <bellman/decision/reward.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/planning/tabular_policy.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/value/bellman_operator.hpp>

#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <random>
#include <ranges>
#include <utility>
#include <vector>

namespace {

using bellman::index_t;

constexpr std::size_t rewards = 8;
using several = bellman::coordinates<double, rewards>;

/// States that lead anywhere: one action in each, ten successors; no reward yet.
struct leads_anywhere {
  using state_type = index_t;
  using action_type = int;
  using reward_type = double;
  using outcome_type = bellman::weighted<bellman::outcome<double, index_t>, double>;

  index_t size;

  auto states() const { return std::views::iota(index_t{0}, size); }
  auto actions(index_t) const { return std::views::single(0); }
  bool terminal(index_t) const { return false; }
  std::vector<outcome_type> transition(index_t s, int) const {
    std::mt19937 urbg(s);
    std::vector<outcome_type> all;
    for (int k = 0; k < 10; ++k) all.push_back({{0.0, static_cast<index_t>(urbg() % size)}, 0.1});
    return all;
  }
};

double reward(std::size_t i, index_t s) { return static_cast<double>((s * 7 + i * 31) % 17) / 17; }

/// The operator of what is always done, over the table of an environment.
template <class E>
auto operator_of(E const& env) {
  auto const t = bellman::tabulate(env);
  return bellman::bellman_expectation(t, bellman::tabulate(t, [](index_t) { return 0; }), 0.99);
}

auto all_at_once(index_t size) {
  return operator_of(bellman::with_reward(leads_anywhere{size}, [](index_t s, int) {
    several r;
    for (std::size_t i = 0; i < rewards; ++i) r[i] = reward(i, s);
    return r;
  }));
}
auto one_by_one(index_t size) {
  auto const make = [&](std::size_t i) {
    return operator_of(bellman::with_reward(leads_anywhere{size}, [i](index_t s, int) { return reward(i, s); }));
  };
  std::vector<decltype(make(0))> all;
  for (std::size_t i = 0; i < rewards; ++i) all.push_back(make(i));
  return all;
}

void sweeps(benchmark::State& state) {
  auto const size = static_cast<index_t>(state.range(0));
  auto const together = all_at_once(size);
  auto const apart = one_by_one(size);
  std::vector<several> v(size), w(size);
  std::vector<std::vector<double>> x(rewards, std::vector<double>(size)), y = x;
  measure::side_by_side(
      state, size * 10 * rewards,
      [&] {
        bellman::sweep(together, together.environment(), v, w);
        std::swap(v, w);
      },
      [&] {
        for (std::size_t i = 0; i < rewards; ++i) {
          bellman::sweep(apart[i], apart[i].environment(), x[i], y[i]);
          std::swap(x[i], y[i]);
        }
      });
}

void solved(benchmark::State& state) {
  auto const size = static_cast<index_t>(state.range(0));
  auto const together = all_at_once(size);
  auto const apart = one_by_one(size);
  measure::side_by_side(
      state, size * 10 * rewards, [&] { benchmark::DoNotOptimize(bellman::fixed_point_of(together)); },
      [&] {
        for (auto const& op : apart) benchmark::DoNotOptimize(bellman::fixed_point_of(op));
      });
}

BENCHMARK(sweeps)->Name("Eight rewards, a sweep")->Iterations(41)->Arg(64)->Arg(1000)->Arg(4000)->Arg(100'000);
BENCHMARK(solved)->Name("Eight rewards, values of a policy")->Iterations(11)->Arg(64)->Arg(1000)->Arg(10'000);

}  // namespace
