// SPDX-License-Identifier: BSL-1.0

#include <bellman/estimation/discounted_returns.hpp>

#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace {

template <class T>
[[gnu::noinline]] void by_library(std::span<T const> rewards, T gamma, std::span<T> out) {
  bellman::discounted_returns(rewards, gamma, out.begin());
}

template <class T>
[[gnu::noinline]] void by_hand(T const* rewards, std::size_t n, T gamma, T* out) {
  T g = 0;
  for (std::size_t t = n; t-- > 0;) {
    g = rewards[t] + gamma * g;
    out[t] = g;
  }
}

template <class T>
void returns(benchmark::State& state) {
  auto const n = static_cast<std::size_t>(state.range(0));
  std::mt19937_64 urbg(1);
  std::normal_distribution<T> draw;
  std::vector<T> rewards(n);
  for (auto& r : rewards) r = draw(urbg);
  std::vector<T> out(n);
  T const gamma = measure::unknown(T(0.99));

  by_hand<T>(rewards.data(), n, gamma, out.data());
  auto const expected = out;
  by_library<T>(rewards, gamma, out);
  for (std::size_t t = 0; t < n; ++t) {
    // Composed in another order, the sums of up to a hundred rewards that count round differently.
    if (!(std::abs(out[t] - expected[t]) <
          T(256) * std::numeric_limits<T>::epsilon() * (T(1) + std::abs(expected[t])))) {
      state.SkipWithError("the library's returns are not those of the loop");
      return;
    }
  }

  measure::side_by_side(
      state, n,
      [&] {
        by_library<T>(rewards, gamma, out);
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
      },
      [&] {
        by_hand<T>(rewards.data(), n, gamma, out.data());
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
      });
  state.SetLabel("reward");
}

BENCHMARK(returns<float>)->Name("discounted_returns, float")->Iterations(201)->Arg(1000)->Arg(100'000);
BENCHMARK(returns<float>)->Name("discounted_returns, float")->Iterations(41)->Arg(10'000'000);
BENCHMARK(returns<double>)->Name("discounted_returns, double")->Iterations(201)->Arg(1000)->Arg(100'000);
BENCHMARK(returns<double>)->Name("discounted_returns, double")->Iterations(41)->Arg(10'000'000);

}  // namespace
