// SPDX-License-Identifier: BSL-1.0
#include <bellman/affine/order.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/time_major.hpp>

#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <vector>

// Recordings of N sequences of T steps as rows of steps and as rows of sequences ("library") against a plain loop over
// the same arrays ("by hand"): over a row of steps, each array being known to be apart from the others, as compilers
// need it to use registers; or over a sequence from its end. And against reading and writing the same arrays ("copy").

namespace {

using column = std::vector<float>;
using flags = std::vector<std::uint8_t>;

struct recording {
  std::size_t T;
  std::size_t N;
  column rewards, values, ratios, value_after, after_last, first, second, first_by_hand, second_by_hand;
  flags terminated, truncated, own;

  recording(std::size_t steps, std::size_t sequences)
      : T(steps),
        N(sequences),
        rewards(T * N),
        values(T * N),
        ratios(T * N),
        value_after(T * N),
        after_last(N),
        first(T * N),
        second(T * N),
        first_by_hand(T * N),
        second_by_hand(T * N),
        terminated(T * N),
        truncated(T * N),
        own(T * N) {
    std::minstd_rand urbg(1);
    auto const draw = [&] { return static_cast<float>(urbg() % 1000) / 500 - 1; };
    for (std::size_t k = 0; k < T * N; ++k) {
      rewards[k] = draw();
      values[k] = draw();
      ratios[k] = 1 + draw();
      value_after[k] = draw();
      terminated[k] = urbg() % 50 == 0;
      truncated[k] = urbg() % 50 == 0;
      own[k] = urbg() % 8 != 0;
    }
    for (float& x : after_last) x = draw();
  }

  bool agree() const {
    auto const near_to = [](column const& x, column const& y) {
      for (std::size_t k = 0; k < x.size(); ++k) {
        if (!(std::abs(x[k] - y[k]) <= 1e-4f * (1 + std::abs(y[k])))) return false;
      }
      return true;
    };
    return near_to(first, first_by_hand) && near_to(second, second_by_hand);
  }
};

// What the recording is read as.
struct by_steps {
  static constexpr char const* name = "rows of steps";
  static constexpr bool is_by_step = true;
  template <class Array>
  static auto of(Array& x, recording const& r) {
    return bellman::time_major(x, r.N);
  }
};
struct by_sequences {
  static constexpr char const* name = "rows of sequences";
  static constexpr bool is_by_step = false;
  template <class Array>
  static auto of(Array& x, recording const& r) {
    return bellman::batch_major(x, r.T);
  }
};

template <bool Flags, class Rows>
auto steps_of(recording const& r) {
  if constexpr (Flags) {
    return bellman::recorded_steps{.terminated = Rows::of(r.terminated, r),
                                   .truncated = Rows::of(r.truncated, r),
                                   .value_after = Rows::of(r.value_after, r),
                                   .own = Rows::of(r.own, r),
                                   .value_after_last = std::span(r.after_last)};
  } else {
    return bellman::recorded_steps{.value_after_last = std::span(r.after_last)};
  }
}

// What a loop by hand reads at a step, and whether the step counts.
struct read_here {
  float reward, value, ratio, after, weight;
};
constexpr float gamma_by_hand = 0.99f;
constexpr float lambda_by_hand = 0.95f;

// Each estimator: the library's call; as it is written by hand, one step, with what is worth to the step before; and how
// many columns it reads and writes.
struct gae {
  static constexpr char const* name = "GAE";
  static constexpr int reads = 2;
  static constexpr int writes = 2;
  template <class Rows, bool Flags, class Order>
  static void library(recording& r, Order const& order) {
    bellman::gae.in(order)(Rows::of(r.rewards, r), Rows::of(r.values, r), steps_of<Flags, Rows>(r),
                           bellman::trace_parameters{.gamma = gamma_by_hand, .lambda = lambda_by_hand},
                           Rows::of(r.first, r), Rows::of(r.second, r));
  }
  static float by_hand(read_here const& x, float& first, float& second) {
    float const G = x.reward + gamma_by_hand * x.after;
    first = G - x.value;
    second = G;
    return x.value + lambda_by_hand * first;
  }
};
struct lambda_returns {
  static constexpr char const* name = "lambda-returns";
  static constexpr int reads = 2;
  static constexpr int writes = 1;
  template <class Rows, bool Flags, class Order>
  static void library(recording& r, Order const& order) {
    bellman::lambda_returns.in(order)(Rows::of(r.rewards, r), Rows::of(r.values, r), steps_of<Flags, Rows>(r),
                                      bellman::trace_parameters{.gamma = gamma_by_hand, .lambda = lambda_by_hand},
                                      Rows::of(r.first, r));
  }
  static float by_hand(read_here const& x, float& first, float&) {
    first = x.reward + gamma_by_hand * x.after;
    return x.value + lambda_by_hand * (first - x.value);
  }
};
struct returns {
  static constexpr char const* name = "returns";
  static constexpr int reads = 1;
  static constexpr int writes = 1;
  template <class Rows, bool Flags, class Order>
  static void library(recording& r, Order const& order) {
    bellman::returns_to_go.in(order)(Rows::of(r.rewards, r), steps_of<Flags, Rows>(r), gamma_by_hand,
                                     Rows::of(r.first, r));
  }
  static float by_hand(read_here const& x, float& first, float&) {
    return first = x.reward + gamma_by_hand * x.after;
  }
};
struct vtrace {
  static constexpr char const* name = "V-trace";
  static constexpr int reads = 3;
  static constexpr int writes = 2;
  template <class Rows, bool Flags, class Order>
  static void library(recording& r, Order const& order) {
    bellman::vtrace.in(order)(Rows::of(r.rewards, r), Rows::of(r.values, r), Rows::of(r.ratios, r),
                              steps_of<Flags, Rows>(r), bellman::vtrace_parameters<float>{.gamma = gamma_by_hand},
                              Rows::of(r.first, r), Rows::of(r.second, r));
  }
  static float by_hand(read_here const& x, float& first, float& second) {
    float const c = x.ratio < 1.0f ? x.ratio : 1.0f;
    float const advantage = x.reward + gamma_by_hand * x.after - x.value;
    first = x.value + c * advantage;
    second = c * advantage;
    return first;
  }
};

template <class Estimator, bool Flags>
[[gnu::always_inline]] inline void one_step(std::size_t k, float const* __restrict rewards,
                                            float const* __restrict values, float const* __restrict ratios,
                                            float const* __restrict value_after,
                                            std::uint8_t const* __restrict terminated,
                                            std::uint8_t const* __restrict truncated,
                                            std::uint8_t const* __restrict own, float* __restrict first,
                                            float* __restrict second, float& next) {
  read_here x{rewards[k], Estimator::reads > 1 ? values[k] : 0.0f, Estimator::reads > 2 ? ratios[k] : 0.0f, next, 1.0f};
  if constexpr (Flags) {
    float const goes_on = terminated[k] ? 0.0f : 1.0f;
    float const is_whole = truncated[k] ? 0.0f : 1.0f;
    x.weight = own[k] ? 1.0f : 0.0f;
    x.after = goes_on * (is_whole * next + (1.0f - is_whole) * value_after[k]);
  }
  float one;
  float two = 0;
  float const worth = Estimator::by_hand(x, one, two);
  if constexpr (Flags) {
    next = x.weight * worth + (1.0f - x.weight) * x.after;
    first[k] = x.weight * one;
    if constexpr (Estimator::writes > 1) second[k] = x.weight * two;
  } else {
    next = worth;
    first[k] = one;
    if constexpr (Estimator::writes > 1) second[k] = two;
  }
}

// A row of steps, of which what comes after stands in a row as well; a sequence.
template <class Estimator, bool Flags>
[[gnu::noinline]] void over_row(std::size_t n, float const* __restrict rewards, float const* __restrict values,
                                float const* __restrict ratios, float const* __restrict value_after,
                                std::uint8_t const* __restrict terminated, std::uint8_t const* __restrict truncated,
                                std::uint8_t const* __restrict own, float* __restrict first,
                                float* __restrict second, float* __restrict next) {
  for (std::size_t k = 0; k < n; ++k) {
    one_step<Estimator, Flags>(k, rewards, values, ratios, value_after, terminated, truncated, own, first, second,
                               next[k]);
  }
}
template <class Estimator, bool Flags>
[[gnu::noinline]] void over_sequence(std::size_t n, float const* __restrict rewards, float const* __restrict values,
                                     float const* __restrict ratios, float const* __restrict value_after,
                                     std::uint8_t const* __restrict terminated,
                                     std::uint8_t const* __restrict truncated, std::uint8_t const* __restrict own,
                                     float* __restrict first, float* __restrict second, float next) {
  for (std::size_t k = n; k-- > 0;) {
    one_step<Estimator, Flags>(k, rewards, values, ratios, value_after, terminated, truncated, own, first, second,
                               next);
  }
}
template <class Rows, class Estimator, bool Flags>
void by_hand(recording& r) {
  auto const at = [&](auto const& f, std::size_t k) {
    f(&r.rewards[k], &r.values[k], &r.ratios[k], &r.value_after[k], &r.terminated[k], &r.truncated[k], &r.own[k],
      &r.first_by_hand[k], &r.second_by_hand[k]);
  };
  if constexpr (Rows::is_by_step) {
    column next = r.after_last;
    for (std::size_t t = r.T; t-- > 0;) {
      at([&](auto... x) { over_row<Estimator, Flags>(r.N, x..., next.data()); }, t * r.N);
    }
  } else {
    for (std::size_t i = 0; i < r.N; ++i) {
      at([&](auto... x) { over_sequence<Estimator, Flags>(r.T, x..., r.after_last[i]); }, i * r.T);
    }
  }
}

template <class Estimator, bool Flags>
[[gnu::noinline]] void copy(std::size_t n, float const* __restrict rewards, float const* __restrict values,
                            float const* __restrict ratios, float const* __restrict value_after,
                            std::uint8_t const* __restrict terminated, std::uint8_t const* __restrict truncated,
                            std::uint8_t const* __restrict own, float* __restrict first, float* __restrict second) {
  for (std::size_t k = 0; k < n; ++k) {
    float x = rewards[k];
    if constexpr (Estimator::reads > 1) x += values[k];
    if constexpr (Estimator::reads > 2) x += ratios[k];
    if constexpr (Flags) {
      x += value_after[k] + static_cast<float>(terminated[k]) + static_cast<float>(truncated[k]) +
           static_cast<float>(own[k]);
    }
    first[k] = x;
    if constexpr (Estimator::writes > 1) second[k] = x + 1;
  }
}

template <class Rows, class Estimator, bool Flags>
void layout(benchmark::State& state) {
  recording r(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  std::size_t const n = r.T * r.N;
  Estimator::template library<Rows, Flags>(r, bellman::deduced{});
  by_hand<Rows, Estimator, Flags>(r);
  if (!r.agree()) {
    state.SkipWithError("the estimates are not those of the loop");
    return;
  }
  column first(n);
  column second(n);
  measure::against(
      state, n,
      [&] {
        Estimator::template library<Rows, Flags>(r, bellman::deduced{});
        benchmark::ClobberMemory();
      },
      [&] {
        by_hand<Rows, Estimator, Flags>(r);
        benchmark::ClobberMemory();
      },
      [&] {
        copy<Estimator, Flags>(n, r.rewards.data(), r.values.data(), r.ratios.data(), r.value_after.data(),
                               r.terminated.data(), r.truncated.data(), r.own.data(), first.data(), second.data());
        benchmark::ClobberMemory();
      });
  state.SetLabel("step");
}

// Two threads ("library") against one ("by hand"), in wall-clock time.
template <class Rows, class Estimator>
void two_threads(benchmark::State& state) {
  recording r(static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  auto const here = [](std::size_t n, auto const& task) {
    for (std::size_t i = 0; i < n; ++i) task(i);
  };
  auto const threads = [](std::size_t n, auto const& task) {
    std::vector<std::jthread> all;
    for (std::size_t i = 0; i < n; ++i) all.emplace_back([&task, i] { task(i); });
  };
  auto const seconds = [&](auto const& executor) {
    auto const start = std::chrono::steady_clock::now();
    Estimator::template library<Rows, true>(r, bellman::in_parallel{executor, 2});
    benchmark::ClobberMemory();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  seconds(here);
  std::vector<double> one, two, ratios;
  for (auto _ : state) {
    one.push_back(seconds(here));
    two.push_back(seconds(threads));
    ratios.push_back(two.back() / one.back());
  }
  double const each = static_cast<double>(r.T * r.N) * 1e-9;
  state.counters["library_ns"] = measure::median(two) / each;
  state.counters["by_hand_ns"] = measure::median(one) / each;
  state.counters["ratio"] = measure::median(ratios);
  state.SetLabel("step");
}

// In the second cache, out of all caches, and rows that are no multiple of a register.
template <class Rows, class Estimator, bool Flags>
void measured() {
  std::string const name =
      std::string("layout: ") + Rows::name + ", " + Estimator::name + (Flags ? ", all flags" : ", no flags");
  auto* const all = benchmark::RegisterBenchmark(name.c_str(), layout<Rows, Estimator, Flags>)->Iterations(25);
  if (Rows::is_by_step) {
    all->Args({128, 64})->Args({128, 256})->Args({128, 1024})->Args({128, 65536})->Args({128, 100})->Args({512, 8});
  } else {
    all->Args({2048, 16})->Args({2048, 4096})->Args({256, 128})->Args({64, 512})->Args({16, 2048})->Args({8, 4096});
  }
}
template <class Rows, class Estimator>
void measured_with_and_without_flags() {
  measured<Rows, Estimator, false>();
  measured<Rows, Estimator, true>();
  std::string const name = std::string("layout: two threads, ") + Rows::name + ", " + Estimator::name;
  benchmark::RegisterBenchmark(name.c_str(), two_threads<Rows, Estimator>)->Iterations(25)->Args({1024, 8192});
}
template <class... Estimator>
bool all_measured() {
  (measured_with_and_without_flags<by_steps, Estimator>(), ...);
  (measured_with_and_without_flags<by_sequences, Estimator>(), ...);
  return true;
}
[[maybe_unused]] bool const are_measured = all_measured<gae, lambda_returns, returns, vtrace>();

}  // namespace
