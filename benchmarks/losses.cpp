// SPDX-License-Identifier: BSL-1.0

// Losses with their gradients, against a loop as it is usually written, and against reading and writing the same arrays
// with an exponential for each token: once by `std::exp`, once by that of a `pack`.
#include <bellman/loss/policy_loss.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/pack.hpp>
#include <bellman/scalar/register_width.hpp>

#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <random>
#include <span>
#include <vector>

namespace {

template <class T>
struct recorded_tokens {
  using row = std::span<T const>;
  using sequence = bellman::sampled_tokens<row, row, row>;

  std::size_t length;
  std::vector<T> log_probs, old_log_probs, advantages, gradients;
  std::vector<sequence> batch;
  std::vector<std::span<T>> rows;

  recorded_tokens(std::size_t sequences, std::size_t its_length) : length(its_length) {
    std::size_t const n = sequences * length;
    std::mt19937_64 urbg(3);
    std::uniform_real_distribution<T> log_prob(T(-3), T(0)), change(T(-0.3), T(0.3)), advantage(T(-1), T(1));
    for (std::size_t t = 0; t < n; ++t) {
      old_log_probs.push_back(log_prob(urbg));
      log_probs.push_back(old_log_probs.back() + change(urbg));
      advantages.push_back(advantage(urbg));
    }
    gradients.assign(n, T(0));
    for (std::size_t first = 0; first < n; first += length) {
      batch.push_back({row(log_probs).subspan(first, length), row(old_log_probs).subspan(first, length),
                       row(advantages).subspan(first, length)});
      rows.push_back(std::span(gradients).subspan(first, length));
    }
  }
};

template <class T, class Ratio>
[[gnu::noinline]] T by_library(recorded_tokens<T>& r, T range) {
  return bellman::policy_loss(r.batch, Ratio{}, bellman::clipped{range}, bellman::token_mean{}, r.rows).value();
}

// The mean over tokens of PPO's loss, and its gradient.
template <class T>
[[gnu::noinline]] T by_hand(recorded_tokens<T>& r, T range) {
  T total = 0;
  std::size_t const n = r.log_probs.size();
  T const slope = T(1) / static_cast<T>(n);
  T const low = 1 - range;
  T const high = 1 + range;
  for (std::size_t t = 0; t < n; ++t) {
    T const ratio = std::exp(r.log_probs[t] - r.old_log_probs[t]);
    T const within = ratio < low ? low : ratio > high ? high : ratio;
    T const own = ratio * r.advantages[t];
    T const clipped = within * r.advantages[t];
    total -= clipped < own ? clipped : own;
    r.gradients[t] = clipped < own ? 0 : -own * slope;
  }
  return total * slope;
}

template <class T>
[[gnu::noinline]] void copy_by_std(recorded_tokens<T>& r) {
  std::size_t const n = r.log_probs.size();
  for (std::size_t t = 0; t < n; ++t) r.gradients[t] = std::exp(r.log_probs[t] - r.old_log_probs[t]) * r.advantages[t];
}
template <class T>
[[gnu::noinline]] void copy_by_pack(recorded_tokens<T>& r) {
  using lanes = bellman::pack<T, bellman::register_width<T>>;
  std::size_t const n = r.log_probs.size();
  for (std::size_t t = 0; t + bellman::register_width<T> <= n; t += bellman::register_width<T>) {
    lanes const log_ratio = lanes::loaded(r.log_probs.data() + t) - lanes::loaded(r.old_log_probs.data() + t);
    (bellman::exp(log_ratio) * lanes::loaded(r.advantages.data() + t)).store(r.gradients.data() + t);
  }
}

template <class T, class Ratio, void (*Copy)(recorded_tokens<T>&)>
void loss_and_gradients(benchmark::State& state) {
  recorded_tokens<T> r(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  T const range = measure::unknown(T(0.2));
  measure::against(
      state, r.log_probs.size(),
      [&] {
        benchmark::DoNotOptimize(by_library<T, Ratio>(r, range));
        benchmark::ClobberMemory();
      },
      [&] {
        benchmark::DoNotOptimize(by_hand(r, range));
        benchmark::ClobberMemory();
      },
      [&] {
        Copy(r);
        benchmark::ClobberMemory();
      });
  state.SetLabel("token");
}

BENCHMARK(loss_and_gradients<float, bellman::token_ratio, copy_by_std<float>>)
    ->Name("loss: clipped, float, copy by std::exp")
    ->Iterations(51)
    ->Args({256, 2048})
    ->Args({16, 512});
BENCHMARK(loss_and_gradients<float, bellman::token_ratio, copy_by_pack<float>>)
    ->Name("loss: clipped, float, copy by a pack's exp")
    ->Iterations(51)
    ->Args({256, 2048})
    ->Args({16, 512});
BENCHMARK(loss_and_gradients<double, bellman::token_ratio, copy_by_std<double>>)
    ->Name("loss: clipped, double, copy by std::exp")
    ->Iterations(51)
    ->Args({256, 2048});
BENCHMARK(loss_and_gradients<float, bellman::sequence_ratio, copy_by_std<float>>)
    ->Name("loss: shared ratio, float, to a token's")
    ->Iterations(51)
    ->Args({256, 2048});

}  // namespace
