// SPDX-License-Identifier: BSL-1.0

// Optimal values with a certificate against plain value iteration by hand; both to a relative error of a millionth. The
// loop by hand stops where its largest change proves that. With a discount of 1 a change proves nothing: there the loop
// is told, by values that are certified to a billionth, after how many sweeps it has come as near, and has only to make
// them. The models: states that lead anywhere; a slippery lake; a corridor; a chain of small cycles; a graph in which
// an end is certain.
//
// And what a transition takes, in time and in bytes of the table's arrays, as a model grows from 10^4 to 10^7 of them:
//
//   BELLMAN_LEVELS=native ./benchmarks/run --benchmark_filter=growth --growth=growth.svg
//
// prints the table and draws it.
#include <bellman/affine/order.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/bellman_operator.hpp>

#include "growth.hpp"
#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <ranges>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using bellman::index_t;
using point = bellman::weighted<bellman::outcome<double, index_t>, double>;

/// A model in flat arrays: what both solvers are given.
class flat_model {
 public:
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = double;

  void add_outcome(index_t next, double probability) {
    for (std::size_t k = first_outcome_.back(); k < next_.size(); ++k) {
      if (next_[k] != next) continue;
      probabilities_[k] += probability;
      return;
    }
    next_.push_back(next);
    probabilities_.push_back(probability);
  }
  void end_action(double reward) {
    double total = 0;
    for (std::size_t k = first_outcome_.back(); k < next_.size(); ++k) total += probabilities_[k];
    for (std::size_t k = first_outcome_.back(); k < next_.size(); ++k) probabilities_[k] /= total;
    rewards_.push_back(reward);
    first_outcome_.push_back(next_.size());
  }
  void end_state() { first_action_.push_back(static_cast<index_t>(rewards_.size())); }

  index_t size() const { return static_cast<index_t>(first_action_.size() - 1); }
  std::size_t transitions() const { return next_.size(); }

  auto states() const { return std::views::iota(index_t{0}, size()); }
  auto actions(index_t s) const { return std::views::iota(first_action_[s], first_action_[s + 1]); }
  bool terminal(index_t s) const { return first_action_[s] == first_action_[s + 1]; }
  auto transition(index_t, index_t a) const {
    return std::views::iota(first_outcome_[a], first_outcome_[a + 1]) |
           std::views::transform([this, a](std::size_t k) {
             return point{{rewards_[a], next_[k]}, probabilities_[k]};
           });
  }

  /// Plain value iteration: how many sweeps it takes until `is_near(sweeps, largest change, largest value)`.
  template <class IsNear>
  [[gnu::noinline]] std::size_t iterate(double gamma, std::vector<double>& v, IsNear const& is_near) const {
    std::vector<double> next(size(), 0.0);
    v.assign(size(), 0.0);
    for (std::size_t sweeps = 1;; ++sweeps) {
      double change = 0;
      double largest = 0;
      for (index_t s = 0; s < size(); ++s) {
        if (terminal(s)) continue;
        double best = -1e300;
        for (index_t a = first_action_[s]; a < first_action_[s + 1]; ++a) {
          double expected = 0;
          for (std::size_t k = first_outcome_[a]; k < first_outcome_[a + 1]; ++k) {
            expected += probabilities_[k] * v[next_[k]];
          }
          best = std::max(best, rewards_[a] + gamma * expected);
        }
        next[s] = best;
        change = std::max(change, std::fabs(best - v[s]));
        largest = std::max(largest, std::fabs(best));
      }
      std::swap(v, next);
      if (is_near(sweeps, change, largest)) return sweeps;
    }
  }

 private:
  std::vector<index_t> first_action_{0};
  std::vector<std::size_t> first_outcome_{0};
  std::vector<index_t> next_;
  std::vector<double> probabilities_;
  std::vector<double> rewards_;
};

flat_model anywhere(index_t states) {
  std::mt19937_64 urbg(1);
  std::uniform_int_distribution<index_t> state(0, states - 1);
  std::uniform_real_distribution<double> draw(0.1, 1.0);
  flat_model m;
  for (index_t s = 0; s < states; ++s) {
    for (int a = 0; a < 4; ++a) {
      for (int k = 0; k < 5; ++k) {
        index_t const next = state(urbg);
        m.add_outcome(next, draw(urbg));
      }
      m.end_action(draw(urbg));
    }
    m.end_state();
  }
  return m;
}

/// The cell next to cell `s` of a square in a direction, or itself at the edge.
int next_cell(int s, int direction, int side) {
  int const row = s / side;
  int const column = s % side;
  if (direction == 0 && column > 0) return s - 1;
  if (direction == 1 && row < side - 1) return s + side;
  if (direction == 2 && column < side - 1) return s + 1;
  if (direction == 3 && row > 0) return s - side;
  return s;
}

/// Holes in a fifth of the cells, around which there is a way from the first cell to the last.
std::vector<char> holes(int side) {
  std::mt19937_64 urbg(7);
  std::uniform_real_distribution<double> draw(0.0, 1.0);
  std::vector<char> hole(static_cast<std::size_t>(side * side));
  while (true) {
    for (auto& h : hole) h = draw(urbg) < 0.2 ? 1 : 0;
    hole.front() = hole.back() = 0;
    std::vector<char> seen = hole;
    std::vector<int> queue{0};
    seen[0] = 1;
    for (std::size_t k = 0; k < queue.size(); ++k) {
      for (int direction = 0; direction < 4; ++direction) {
        int const next = next_cell(queue[k], direction, side);
        if (std::exchange(seen[static_cast<std::size_t>(next)], char{1}) == 0) queue.push_back(next);
      }
    }
    if (seen.back() != 0) return hole;
  }
}

/// A slippery lake of `side` x `side`, the goal opposite to the start.
flat_model lake(int side) {
  int const n = side * side;
  std::vector<char> const hole = holes(side);
  auto const go = [side](int s, int direction) { return next_cell(s, direction, side); };
  flat_model m;
  for (int s = 0; s < n; ++s) {
    if (hole[static_cast<std::size_t>(s)] == 0 && s != n - 1) {
      for (int a = 0; a < 4; ++a) {
        double reward = 0;
        for (int turn : {3, 0, 1}) {
          int const next = go(s, (a + turn) % 4);
          if (next == n - 1) reward += 1.0 / 3;
          m.add_outcome(static_cast<index_t>(next), 1.0 / 3);
        }
        m.end_action(reward);
      }
    }
    m.end_state();
  }
  return m;
}

/// `n` steps to the end, each costs 1, one may step back.
flat_model corridor(index_t n) {
  flat_model m;
  for (index_t s = 0; s < n; ++s) {
    m.add_outcome(s == 0 ? 0 : s - 1, 1.0);
    m.end_action(-1.0);
    m.add_outcome(s + 1, 1.0);
    m.end_action(-1.0);
    m.end_state();
  }
  m.end_state();
  return m;
}

/// 0 and 1 lead to each other, 2 and 3, ...: from one to its partner, or on to the next two; each step costs 1.
flat_model cycles(index_t n) {
  flat_model m;
  for (index_t s = 0; s < n; ++s) {
    m.add_outcome(s ^ 1, 1.0);
    m.end_action(-1.0);
    m.add_outcome(s / 2 * 2 + 2, 1.0);
    m.end_action(-1.0);
    m.end_state();
  }
  m.end_state();
  return m;
}

/// From each state to four others by chance, and with 1/100 to the end.
flat_model cyclic(index_t n) {
  auto const mixed = [](std::uint32_t x) {
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    return x ^ (x >> 16);
  };
  flat_model m;
  for (index_t s = 0; s < n; ++s) {
    for (std::uint32_t a = 0; a < 2; ++a) {
      for (std::uint32_t k = 0; k < 4; ++k) m.add_outcome(mixed(s * 8 + k + a * 4) % n, 0.2475);
      m.add_outcome(n, 0.01);
      m.end_action(1.0 + static_cast<double>(mixed(s * 16 + a + 99) % 100) / 100);
    }
    m.end_state();
  }
  m.end_state();
  return m;
}

constexpr double tolerance = 1e-6;

double largest_of(std::vector<double> const& v) {
  double largest = 0;
  for (double const x : v) largest = std::max(largest, std::fabs(x));
  return largest;
}
double largest_difference(std::vector<double> const& v, std::vector<double> const& w) {
  double largest = 0;
  for (std::size_t s = 0; s < v.size(); ++s) largest = std::max(largest, std::fabs(v[s] - w[s]));
  return largest;
}

/// One run of each in turn: neighbouring timings meet the same disturbances.
void compare(benchmark::State& state, flat_model const& m, double gamma) {
  auto const table = bellman::tabulate(m);
  auto const op = bellman::bellman_optimality(table, gamma);
  bellman::bounded_values<double> found;
  auto const exact = bellman::fixed_point_of(op, bellman::automatic{tolerance / 1000}).values;
  double const largest = largest_of(exact);
  std::vector<double> plain;
  std::size_t sweeps = 0;
  if (!(gamma < 1)) {
    m.iterate(gamma, plain, [&](std::size_t made, double, double) {
      sweeps = made;
      return largest_difference(plain, exact) <= tolerance * largest;
    });
  }
  auto const by_change = [&](std::size_t, double change, double most) {
    return change * gamma / (1 - gamma) <= tolerance * most;
  };
  auto const as_told = [enough = sweeps](std::size_t made, double change, double) {
    return made == enough || change == 0;
  };
  std::vector<double> ours;
  std::vector<double> theirs;
  std::vector<double> ratios;
  for (auto _ : state) {
    ours.push_back(measure::seconds([&] { found = bellman::fixed_point_of(op, bellman::automatic{tolerance}); }, 1));
    theirs.push_back(measure::seconds(
        [&] { sweeps = gamma < 1 ? m.iterate(gamma, plain, by_change) : m.iterate(gamma, plain, as_told); }, 1));
    ratios.push_back(ours.back() / theirs.back());
  }
  // Both as near as was asked for, within what the reference itself may be off.
  double const most = 1.01 * tolerance * largest;
  double const radius = std::max(largest_of(found.below), largest_of(found.above));
  if (largest_difference(plain, exact) > most || largest_difference(found.values, exact) > most || radius > most) {
    state.SkipWithError("values are farther off than a millionth, or the certificate is");
    return;
  }
  state.counters["library_ns"] = measure::median(ours) * 1e9;
  state.counters["by_hand_ns"] = measure::median(theirs) * 1e9;
  state.counters["ratio"] = measure::median(ratios);
  state.SetLabel("solution: " + std::to_string(found.sweeps).substr(0, 5) + " sweeps, " +
                 std::to_string(found.sweeps_to_certify).substr(0, 3) + " of them to certify, against " +
                 std::to_string(sweeps));
}

void solve_anywhere(benchmark::State& state) { compare(state, anywhere(100'000), 0.99); }
void solve_lake(benchmark::State& state) { compare(state, lake(250), 0.99); }
void solve_lake_near_one(benchmark::State& state) { compare(state, lake(250), 0.9999); }
void solve_corridor(benchmark::State& state) { compare(state, corridor(32'000), 1.0); }
void solve_cycles(benchmark::State& state) { compare(state, cycles(32'000), 1.0); }
void solve_cyclic(benchmark::State& state) { compare(state, cyclic(2'000), 1.0); }

BENCHMARK(solve_anywhere)->Name("solve, 10^5 states x 4 x 5, 0.99")->Iterations(3)->Arg(100'000);
BENCHMARK(solve_lake)->Name("solve, lake 250 x 250, 0.99")->Iterations(5)->Arg(62'500);
BENCHMARK(solve_lake_near_one)->Name("solve, lake 250 x 250, 0.9999")->Iterations(3)->Arg(62'500);
BENCHMARK(solve_corridor)->Name("solve, corridor, 1")->Iterations(3)->Arg(32'000);
BENCHMARK(solve_cycles)->Name("solve, 16,000 cycles, 1")->Iterations(3)->Arg(32'000);
BENCHMARK(solve_cyclic)->Name("solve, certain end, 1")->Iterations(15)->Arg(2'000);

template <class T>
double bytes_of(std::span<T const> x) {
  return static_cast<double>(x.size_bytes());
}

/// What a transition takes to be solved and to be tabulated, which stands under `by_hand`, as the model grows.
void growth_of_a_model(benchmark::State& state) {
  auto const m = anywhere(static_cast<index_t>(state.range(0) / 20));
  std::vector<double> tabulated;
  std::vector<double> solved;
  double sweeps = 0;
  double bytes = 0;
  for (auto _ : state) {
    tabulated.push_back(measure::seconds([&] { benchmark::DoNotOptimize(bellman::tabulate(m)); }, 1));
    auto const table = bellman::tabulate(m);
    auto const op = bellman::bellman_optimality(table, 0.9);
    solved.push_back(
        measure::seconds([&] { sweeps = bellman::fixed_point_of(op, bellman::automatic{tolerance}).sweeps; }, 1));
    bytes = bytes_of(table.first_slots()) + bytes_of(table.first_transitions()) + bytes_of(table.rewards()) +
            bytes_of(table.next_states()) + bytes_of(table.probabilities());
  }
  double const n = static_cast<double>(m.transitions());
  state.counters["library_ns"] = measure::median(solved) * 1e9 / n;
  state.counters["by_hand_ns"] = measure::median(tabulated) * 1e9 / n;
  state.counters["ratio"] = measure::median(solved) / measure::median(tabulated);
  state.SetLabel("transition, solved and tabulated; " + std::to_string(sweeps).substr(0, 5) + " sweeps, " +
                 std::to_string(bytes / n).substr(0, 4) + " bytes");
  growth::rows().push_back({n, measure::median(tabulated) * 1e9 / n, measure::median(solved) * 1e9 / n, bytes / n});
}
BENCHMARK(growth_of_a_model)->Name("growth")->Iterations(3)->RangeMultiplier(10)->Range(10'000, 10'000'000);

void two_threads(benchmark::State& state) {
  auto const table = bellman::tabulate(anywhere(100'000));
  auto const op = bellman::bellman_optimality(table, 0.99);
  std::vector<double> v(table.size(), 1.0);
  std::vector<double> out(table.size());
  auto const here = [](std::size_t n, auto const& task) {
    for (std::size_t i = 0; i < n; ++i) task(i);
  };
  auto const threads = [](std::size_t n, auto const& task) {
    std::vector<std::jthread> all;
    for (std::size_t i = 0; i < n; ++i) all.emplace_back([&task, i] { task(i); });
  };
  auto const seconds = [&](auto const& executor) {
    auto const start = std::chrono::steady_clock::now();
    for (int k = 0; k < 10; ++k) bellman::sweep(op, table, v, out, bellman::in_parallel{executor, 2});
    benchmark::ClobberMemory();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  seconds(here);
  std::vector<double> one;
  std::vector<double> two;
  std::vector<double> ratios;
  for (auto _ : state) {
    one.push_back(seconds(here));
    two.push_back(seconds(threads));
    ratios.push_back(two.back() / one.back());
  }
  double const each = static_cast<double>(table.transitions()) * 10 * 1e-9;
  state.counters["library_ns"] = measure::median(two) / each;
  state.counters["by_hand_ns"] = measure::median(one) / each;
  state.counters["ratio"] = measure::median(ratios);
  state.SetLabel("transition");
}
BENCHMARK(two_threads)->Name("sweep, two threads against one")->Iterations(41)->Arg(100'000);

}  // namespace
