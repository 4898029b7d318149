// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/outcome.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/bellman_operator.hpp>

#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <random>
#include <ranges>
#include <span>
#include <vector>

namespace {

using bellman::index_t;

constexpr index_t states = 100'000;

/// States that lead anywhere: `actions` in each, `successors` of each action, rewards and probabilities at random.
template <class T>
struct random_environment {
  using state_type = index_t;
  using action_type = int;
  using reward_type = T;
  using outcome_type = bellman::weighted<bellman::outcome<T, index_t>, T>;

  index_t size;
  int each;        // actions of a state
  int successors;  // of an action
  std::vector<outcome_type> outcomes;

  random_environment(index_t n, int actions_of_each, int successors_of_each)
      : size(n), each(actions_of_each), successors(successors_of_each) {
    std::mt19937_64 urbg(1);
    std::uniform_int_distribution<index_t> state_of(0, n - 1);
    std::uniform_real_distribution<T> draw(T(0.1), T(1));
    auto const rows = static_cast<std::size_t>(n) * static_cast<std::size_t>(each);
    auto const width = static_cast<std::size_t>(successors);
    outcomes.resize(rows * width);
    for (std::size_t row = 0; row < rows; ++row) {
      std::span const some(outcomes.data() + row * width, width);
      T const reward = draw(urbg);
      T total = 0;
      for (auto& o : some) {
        o = {{reward, state_of(urbg)}, draw(urbg)};
        total += o.probability;
      }
      for (auto& o : some) o.probability /= total;
    }
  }

  auto states() const { return std::views::iota(index_t{0}, size); }
  auto actions(index_t) const { return std::views::iota(0, each); }
  bool terminal(index_t) const { return false; }
  std::span<outcome_type const> transition(index_t s, int a) const {
    auto const row = static_cast<std::size_t>(s) * static_cast<std::size_t>(each) + static_cast<std::size_t>(a);
    auto const width = static_cast<std::size_t>(successors);
    return {outcomes.data() + row * width, width};
  }
};

template <class T>
auto random_table() {
  return bellman::tabulate(random_environment<T>(states, 4, 5));
}

/// The table's numbers in arrays of one's own, and the loops that one would write over them.
template <class T>
struct flat_table {
  std::vector<index_t> first_slot;
  std::vector<T> rewards;
  std::vector<index_t> first_transition;
  std::vector<index_t> next;
  std::vector<T> probabilities;

  template <class Table>
  explicit flat_table(Table const& t) : first_slot{0}, first_transition{0} {
    for (index_t s : t.states()) {
      for (index_t slot : t.actions(s)) {
        rewards.push_back(t.reward(slot));
        for (auto const& e : t.transition(s, slot)) {
          next.push_back(e.value.next);
          probabilities.push_back(e.probability);
        }
        first_transition.push_back(static_cast<index_t>(next.size()));
      }
      first_slot.push_back(static_cast<index_t>(rewards.size()));
    }
  }

  T action_value(index_t slot, T gamma, T const* v) const {
    T expected = 0;
    for (index_t k = first_transition[slot]; k < first_transition[slot + 1]; ++k) {
      expected += probabilities[k] * v[next[k]];
    }
    return rewards[slot] + gamma * expected;
  }

  [[gnu::noinline]] void sweep_of_the_best_action(T gamma, T const* v, T* out) const {
    auto const n = static_cast<index_t>(first_slot.size() - 1);
    for (index_t s = 0; s < n; ++s) {
      T best = action_value(first_slot[s], gamma, v);
      for (index_t slot = first_slot[s] + 1; slot < first_slot[s + 1]; ++slot) {
        best = std::max(best, action_value(slot, gamma, v));
      }
      out[s] = best;
    }
  }

  [[gnu::noinline]] void sweep_of_a_policy(T const* policy, T gamma, T const* v, T* out) const {
    auto const n = static_cast<index_t>(first_slot.size() - 1);
    for (index_t s = 0; s < n; ++s) {
      T expected = 0;
      for (index_t slot = first_slot[s]; slot < first_slot[s + 1]; ++slot) {
        expected += policy[slot] * action_value(slot, gamma, v);
      }
      out[s] = expected;
    }
  }
};

template <class Operator, class Table, class T>
[[gnu::noinline]] void by_library(Operator const& op, Table const& table, std::vector<T> const& v,
                                  std::vector<T>& out) {
  bellman::sweep(op, table, std::span<T const>(v), std::span<T>(out));
}

template <class T>
bool near(std::vector<T> const& a, std::vector<T> const& b) {
  return std::ranges::equal(a, b, [](T x, T y) { return (x < y ? y - x : x - y) < T(1e-4); });
}

template <class T>
void compare(benchmark::State& state, auto const& op, auto const& table, auto const& by_hand) {
  std::vector<T> v(table.size());
  std::mt19937_64 urbg(2);
  std::uniform_real_distribution<T> draw(0, 1);
  for (auto& x : v) x = draw(urbg);
  std::vector<T> out(v.size());
  std::vector<T> expected(v.size());
  by_library(op, table, v, out);
  by_hand(v.data(), expected.data());
  if (!near(out, expected)) {
    state.SkipWithError("the library's sweep is not that of the loops");
    return;
  }
  measure::side_by_side(
      state, table.transitions(),
      [&] {
        by_library(op, table, v, out);
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
      },
      [&] {
        by_hand(v.data(), out.data());
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
      });
  state.SetLabel("transition");
}

template <class T>
void optimality_sweep(benchmark::State& state) {
  auto const table = random_table<T>();
  flat_table<T> const flat(table);
  T const gamma = measure::unknown(T(0.99));
  compare<T>(state, bellman::bellman_optimality(table, gamma), table,
             [&](T const* v, T* out) { flat.sweep_of_the_best_action(gamma, v, out); });
}

template <class T>
void expectation_sweep(benchmark::State& state) {
  auto const table = random_table<T>();
  flat_table<T> const flat(table);
  T const gamma = measure::unknown(T(0.99));
  // The four actions with probabilities 1/8, 1/4, 1/8 and 1/2.
  auto const policy = bellman::tabulate(table, [](index_t) {
    return std::vector<bellman::weighted<int, T>>{{0, T(0.125)}, {1, T(0.25)}, {2, T(0.125)}, {3, T(0.5)}};
  });
  std::vector<T> weights;
  for (index_t slot = 0; slot < table.slots(); ++slot) weights.push_back(policy.probability(slot));
  compare<T>(state, bellman::bellman_expectation(table, policy, gamma), table,
             [&](T const* v, T* out) { flat.sweep_of_a_policy(weights.data(), gamma, v, out); });
}

// The operator on the environment itself, as it was written down: its weights are checked each time they are asked for.
template <class T>
void untabulated_sweep(benchmark::State& state) {
  random_environment<T> const env(states, 4, 5);
  T const gamma = measure::unknown(T(0.99));
  auto const op = bellman::bellman_optimality(std::cref(env), gamma);
  std::vector<T> v(states);
  std::mt19937_64 urbg(2);
  std::uniform_real_distribution<T> draw(0, 1);
  for (auto& x : v) x = draw(urbg);
  std::vector<T> out(v.size());
  std::vector<T> expected(v.size());
  auto const by_library = [&] {
    auto const next = op([&v](index_t s) { return v[s]; });
    for (index_t s = 0; s < states; ++s) out[s] = next(s);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  };
  auto const by_hand = [&] {
    for (index_t s = 0; s < states; ++s) {
      T best = std::numeric_limits<T>::lowest();
      for (int a = 0; a < 4; ++a) {
        T reward = 0;
        T after = 0;
        for (auto const& o : env.transition(s, a)) {
          reward += o.probability * o.value.reward;
          after += o.probability * v[o.value.next];
        }
        best = std::max(best, reward + gamma * after);
      }
      expected[s] = best;
    }
    benchmark::DoNotOptimize(expected.data());
    benchmark::ClobberMemory();
  };
  by_library();
  by_hand();
  if (!near(out, expected)) {
    state.SkipWithError("the library's sweep is not that of the loops");
    return;
  }
  measure::side_by_side(state, std::size_t{states} * 20, by_library, by_hand);
  state.SetLabel("transition");
}

BENCHMARK(optimality_sweep<float>)->Name("Bellman sweep, best action, float")->Iterations(201)->Arg(states);
BENCHMARK(optimality_sweep<double>)->Name("Bellman sweep, best action, double")->Iterations(201)->Arg(states);
BENCHMARK(expectation_sweep<float>)->Name("Bellman sweep, policy, float")->Iterations(201)->Arg(states);
BENCHMARK(expectation_sweep<double>)->Name("Bellman sweep, policy, double")->Iterations(201)->Arg(states);

BENCHMARK(untabulated_sweep<double>)->Name("Bellman sweep, not tabulated, double")->Iterations(101)->Arg(states);

}  // namespace
