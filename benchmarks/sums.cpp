// SPDX-License-Identifier: BSL-1.0

#include <bellman/loss/token_sum.hpp>
#include <bellman/probability/entropy.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/value/return.hpp>

#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <random>
#include <span>
#include <vector>

namespace {

template <class T>
std::vector<T> numbers(std::size_t n) {
  std::mt19937_64 urbg(1);
  std::uniform_real_distribution<T> draw;
  std::vector<T> x(n);
  for (auto& each : x) each = draw(urbg);
  return x;
}

// A loop as it is usually written, in the numbers' own precision.
template <class T>
[[gnu::noinline]] T plain_sum(T const* x, std::size_t n) {
  T total = 0;
  for (std::size_t i = 0; i < n; ++i) total += x[i];
  return total;
}

template <class T>
[[gnu::noinline]] T sum_by_library(std::span<T const> x) {
  return bellman::sum_of(x);
}
template <class T>
[[gnu::noinline]] T mean_by_library(std::span<T const> x) {
  return bellman::token_sum(x).value();
}
template <class T>
[[gnu::noinline]] T return_by_library(std::span<T const> x) {
  return bellman::discounted_return(x, T(1));
}

template <class T, T (*Library)(std::span<T const>)>
void against_plain_sum(benchmark::State& state) {
  auto const n = static_cast<std::size_t>(state.range(0));
  auto const x = numbers<T>(n);
  measure::side_by_side(
      state, n, [&] { benchmark::DoNotOptimize(Library(x)); },
      [&] { benchmark::DoNotOptimize(plain_sum(x.data(), n)); });
  state.SetLabel("number");
}

// Softmax and entropy in three passes, in float.
[[gnu::noinline]] float plain_entropy(float const* z, std::size_t n) {
  float most = z[0];
  for (std::size_t i = 1; i < n; ++i) most = z[i] > most ? z[i] : most;
  float total = 0;
  for (std::size_t i = 0; i < n; ++i) total += std::exp(z[i] - most);
  float const normaliser = most + std::log(total);
  float entropy = 0;
  for (std::size_t i = 0; i < n; ++i) entropy -= std::exp(z[i] - normaliser) * (z[i] - normaliser);
  return entropy;
}
[[gnu::noinline]] float entropy_by_library(std::span<float const> logits) { return bellman::entropy(logits); }

void against_plain_entropy(benchmark::State& state) {
  auto const n = static_cast<std::size_t>(state.range(0));
  auto const z = numbers<float>(n);
  measure::side_by_side(
      state, n, [&] { benchmark::DoNotOptimize(entropy_by_library(z)); },
      [&] { benchmark::DoNotOptimize(plain_entropy(z.data(), n)); });
  state.SetLabel("logit");
}

BENCHMARK(against_plain_sum<float, sum_by_library<float>>)
    ->Name("sum_of, float")
    ->Iterations(101)
    ->Arg(4096)
    ->Arg(10'000'000);
BENCHMARK(against_plain_sum<double, sum_by_library<double>>)
    ->Name("sum_of, double")
    ->Iterations(101)
    ->Arg(4096)
    ->Arg(10'000'000);
BENCHMARK(against_plain_sum<float, mean_by_library<float>>)
    ->Name("token_sum, float")
    ->Iterations(101)
    ->Arg(4096)
    ->Arg(10'000'000);
BENCHMARK(against_plain_sum<double, mean_by_library<double>>)->Name("token_sum, double")->Iterations(101)->Arg(4096);
BENCHMARK(against_plain_sum<float, return_by_library<float>>)
    ->Name("discounted_return at 1, float")
    ->Iterations(101)
    ->Arg(4096);
BENCHMARK(against_plain_sum<double, return_by_library<double>>)
    ->Name("discounted_return at 1, double")
    ->Iterations(101)
    ->Arg(4096);
BENCHMARK(against_plain_entropy)->Name("entropy, float")->Iterations(101)->Arg(151'936);

}  // namespace
