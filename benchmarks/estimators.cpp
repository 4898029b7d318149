// SPDX-License-Identifier: BSL-1.0

// Estimators over recordings with ends and skipped steps: against a plain loop over the same arrays, and against only
// reading and writing them.
#include <bellman/affine/order.hpp>
#include <bellman/estimation/for_each_sequence.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/vtrace.hpp>

#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <thread>
#include <vector>

namespace {

using flag = std::uint8_t;

// Rows of steps, `stride` apart. In every row about one step in fifty ends an episode, half of them cut off, one in six
// is skipped; the last ends.
struct recording {
  std::size_t rows;
  std::size_t length;
  std::size_t stride;
  std::vector<float> rewards, values, after, ratios, first, second;
  std::vector<flag> terminated, truncated, own;

  recording(std::size_t its_rows, std::size_t its_length, std::size_t its_stride)
      : rows(its_rows),
        length(its_length),
        stride(its_stride),
        rewards(its_rows * its_stride),
        values(its_rows * its_stride),
        after(its_rows * its_stride),
        ratios(its_rows * its_stride),
        first(its_rows * its_stride),
        second(its_rows * its_stride),
        terminated(its_rows * its_stride),
        truncated(its_rows * its_stride),
        own(its_rows * its_stride) {
    std::mt19937_64 urbg(1);
    std::normal_distribution<float> draw;
    std::uniform_int_distribution<int> percent(0, 99);
    for (std::size_t i = 0; i < rewards.size(); ++i) {
      rewards[i] = draw(urbg);
      values[i] = draw(urbg);
      after[i] = draw(urbg);
      ratios[i] = std::exp(draw(urbg) / 4);
      int const kind = percent(urbg);
      bool const last = i % stride == length - 1;
      terminated[i] = kind == 0 || last;
      truncated[i] = kind == 1;
      own[i] = kind < 2 || kind > 18 || last;
    }
  }
};

// One row of a recording.
struct row {
  float const* rewards;
  float const* values;
  float const* after;
  float const* ratios;
  flag const* terminated;
  flag const* truncated;
  flag const* own;
  float* first;
  float* second;
  std::size_t n;

  row(recording& r, std::size_t i, std::size_t begin, std::size_t length)
      : rewards(&r.rewards[i * r.stride + begin]),
        values(&r.values[i * r.stride + begin]),
        after(&r.after[i * r.stride + begin]),
        ratios(&r.ratios[i * r.stride + begin]),
        terminated(&r.terminated[i * r.stride + begin]),
        truncated(&r.truncated[i * r.stride + begin]),
        own(&r.own[i * r.stride + begin]),
        first(&r.first[i * r.stride + begin]),
        second(&r.second[i * r.stride + begin]),
        n(length) {}

  auto steps() const {
    return bellman::recorded_steps{.terminated = std::span(terminated, n),
                                   .truncated = std::span(truncated, n),
                                   .value_after = std::span(after, n),
                                   .own = std::span(own, n)};
  }
};

struct parameters {
  float gamma;
  float lambda;
};

// What comes after a step, as a plain loop knows it.
struct plain_state {
  float value = 0;  // the value of the next state
  float trace = 0;  // what the loop carries
};
inline bool plain_step(row const& x, std::size_t t, plain_state& s) {
  if (!x.own[t]) return false;
  if (x.terminated[t]) {
    s = {};
  } else if (x.truncated[t]) {
    s = {x.after[t], 0};
  }
  return true;
}

struct gae {
  [[gnu::noinline]] static void by_library(row const& x, parameters p) {
    bellman::gae(std::span(x.rewards, x.n), std::span(x.values, x.n), x.steps(), {.gamma = p.gamma, .lambda = p.lambda},
                 x.first, x.second);
  }
  [[gnu::noinline]] static void by_hand(row const& x, parameters p) {
    plain_state s;
    for (std::size_t t = x.n; t-- > 0;) {
      if (!plain_step(x, t, s)) {
        x.first[t] = x.second[t] = 0;
        continue;
      }
      s.trace = x.rewards[t] + p.gamma * s.value - x.values[t] + p.gamma * p.lambda * s.trace;
      s.value = x.values[t];
      x.first[t] = s.trace;
      x.second[t] = s.trace + x.values[t];
    }
  }
  [[gnu::noinline]] static void copy(row const& x, parameters) {
    for (std::size_t t = 0; t < x.n; ++t) {
      x.first[t] = x.rewards[t] + static_cast<float>(x.terminated[t] + x.truncated[t] + x.own[t]);
      x.second[t] = x.values[t] + x.after[t];
    }
  }
};

struct lambda_returns {
  [[gnu::noinline]] static void by_library(row const& x, parameters p) {
    bellman::lambda_returns(std::span(x.rewards, x.n), std::span(x.values, x.n), x.steps(),
                            {.gamma = p.gamma, .lambda = p.lambda}, x.first);
  }
  [[gnu::noinline]] static void by_hand(row const& x, parameters p) {
    plain_state s;
    for (std::size_t t = x.n; t-- > 0;) {
      if (!plain_step(x, t, s)) {
        x.first[t] = 0;
        continue;
      }
      s.trace = x.rewards[t] + p.gamma * s.value - x.values[t] + p.gamma * p.lambda * s.trace;
      s.value = x.values[t];
      x.first[t] = s.trace + x.values[t];
    }
  }
  [[gnu::noinline]] static void copy(row const& x, parameters) {
    for (std::size_t t = 0; t < x.n; ++t) {
      x.first[t] =
          x.rewards[t] + x.values[t] + x.after[t] + static_cast<float>(x.terminated[t] + x.truncated[t] + x.own[t]);
    }
  }
};

struct vtrace {
  [[gnu::noinline]] static void by_library(row const& x, parameters p) {
    bellman::vtrace(std::span(x.rewards, x.n), std::span(x.values, x.n), std::span(x.ratios, x.n), x.steps(),
                    {.gamma = p.gamma, .lambda = p.lambda}, x.first, x.second);
  }
  [[gnu::noinline]] static void by_hand(row const& x, parameters p) {
    plain_state s;
    for (std::size_t t = x.n; t-- > 0;) {
      if (!plain_step(x, t, s)) {
        x.first[t] = x.second[t] = 0;
        continue;
      }
      float const rho = x.ratios[t] < 1 ? x.ratios[t] : 1;
      float const q = x.rewards[t] + p.gamma * (s.value + p.lambda * s.trace);
      s.trace = rho * (x.rewards[t] + p.gamma * s.value - x.values[t]) + p.gamma * p.lambda * rho * s.trace;
      s.value = x.values[t];
      x.first[t] = s.trace + x.values[t];
      x.second[t] = rho * (q - x.values[t]);
    }
  }
  [[gnu::noinline]] static void copy(row const& x, parameters) {
    for (std::size_t t = 0; t < x.n; ++t) {
      x.first[t] = x.rewards[t] + static_cast<float>(x.terminated[t] + x.truncated[t] + x.own[t]);
      x.second[t] = x.values[t] + x.after[t] + x.ratios[t];
    }
  }
};

struct returns_to_go {
  [[gnu::noinline]] static void by_library(row const& x, parameters p) {
    bellman::returns_to_go(std::span(x.rewards, x.n), x.steps(), p.gamma, x.first);
  }
  [[gnu::noinline]] static void by_hand(row const& x, parameters p) {
    float g = 0;
    for (std::size_t t = x.n; t-- > 0;) {
      if (!x.own[t]) {
        x.first[t] = 0;
        continue;
      }
      if (x.terminated[t]) {
        g = 0;
      } else if (x.truncated[t]) {
        g = x.after[t];
      }
      g = x.rewards[t] + p.gamma * g;
      x.first[t] = g;
    }
  }
  [[gnu::noinline]] static void copy(row const& x, parameters) {
    for (std::size_t t = 0; t < x.n; ++t) {
      x.first[t] = x.rewards[t] + x.after[t] + static_cast<float>(x.terminated[t] + x.truncated[t] + x.own[t]);
    }
  }
};

parameters some_parameters() { return {measure::unknown(0.99f), measure::unknown(0.95f)}; }

template <class F>
void for_rows(recording& r, F const& f) {
  for (std::size_t i = 0; i < r.rows; ++i) f(row(r, i, 0, r.length));
  benchmark::DoNotOptimize(r.first.data());
  benchmark::DoNotOptimize(r.second.data());
  benchmark::ClobberMemory();
}

template <class Estimator>
bool agree(recording& r, parameters p) {
  for_rows(r, [&](row const& x) { Estimator::by_hand(x, p); });
  auto const first = r.first;
  auto const second = r.second;
  for_rows(r, [&](row const& x) { Estimator::by_library(x, p); });
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (!(std::abs(first[i] - r.first[i]) < 1e-3f && std::abs(second[i] - r.second[i]) < 1e-3f)) return false;
  }
  return true;
}

// Rows of 2048 steps: `ratio` to the plain loop, `to_copy` to only reading and writing the same arrays.
template <class Estimator>
void rows(benchmark::State& state) {
  recording r(256, 2048, static_cast<std::size_t>(state.range(0)));
  parameters const p = some_parameters();
  if (!agree<Estimator>(r, p)) {
    state.SkipWithError("the library's estimates are not those of the loop");
    return;
  }
  measure::against(
      state, r.rows * r.length, [&] { for_rows(r, [&](row const& x) { Estimator::by_library(x, p); }); },
      [&] { for_rows(r, [&](row const& x) { Estimator::by_hand(x, p); }); },
      [&] { for_rows(r, [&](row const& x) { Estimator::copy(x, p); }); });
  state.SetLabel("step");
}
BENCHMARK(rows<gae>)->Name("gae, 256 rows of 2048, stride")->Iterations(41)->Arg(2048)->Arg(2064)->Arg(4096);
BENCHMARK(rows<lambda_returns>)->Name("lambda_returns, 256 rows of 2048, stride")->Iterations(41)->Arg(2048);
BENCHMARK(rows<vtrace>)->Name("vtrace, 256 rows of 2048, stride")->Iterations(41)->Arg(2048);
BENCHMARK(rows<returns_to_go>)->Name("returns_to_go, 256 rows of 2048, stride")->Iterations(41)->Arg(2048);

// A batch of sequences of one length that stand one after the other: as one recording, against the same batch of
// sequences of 2048 tokens.
void ragged(benchmark::State& state) {
  std::size_t const tokens = 524'288;
  auto const length = static_cast<std::size_t>(state.range(0));
  recording few(1, tokens, tokens);
  recording many(1, tokens, tokens);
  for (std::size_t t = 0; t < tokens; ++t) {
    few.terminated[t] = t % 2048 == 2047;
    many.terminated[t] = t % length == length - 1;
    few.truncated[t] = many.truncated[t] = 0;
    if (few.terminated[t]) few.own[t] = 1;
    if (many.terminated[t]) many.own[t] = 1;
  }
  parameters const p = some_parameters();
  measure::side_by_side(
      state, tokens, [&] { for_rows(many, [&](row const& x) { gae::by_library(x, p); }); },
      [&] { for_rows(few, [&](row const& x) { gae::by_library(x, p); }); });
  state.SetLabel("token");
}
BENCHMARK(ragged)->Name("gae, sequences of, against 2048")->Iterations(41)->Arg(8)->Arg(64)->Arg(512)->Arg(32'768);

// Two threads, as library, against one, as by hand, over the rows of a batch that does not fit the caches of a core; wall-clock time.
void two_threads(benchmark::State& state) {
  recording r(2048, static_cast<std::size_t>(state.range(0)) / 2048, 2048);
  parameters const p = some_parameters();
  std::vector<row> batch;
  for (std::size_t i = 0; i < r.rows; ++i) batch.emplace_back(r, i, 0, r.length);
  auto const here = [](std::size_t n, auto const& task) {
    for (std::size_t i = 0; i < n; ++i) task(i);
  };
  auto const threads = [](std::size_t n, auto const& task) {
    std::vector<std::jthread> all;
    for (std::size_t i = 0; i < n; ++i) all.emplace_back([&task, i] { task(i); });
  };
  auto const seconds = [&](auto const& executor) {
    auto const start = std::chrono::steady_clock::now();
    bellman::for_each_sequence(bellman::in_parallel{executor, 2}, batch, [&](row const& x) { gae::by_library(x, p); });
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
  double const each = static_cast<double>(r.rows * r.length) * 1e-9;
  state.counters["library_ns"] = measure::median(two) / each;
  state.counters["by_hand_ns"] = measure::median(one) / each;
  state.counters["ratio"] = measure::median(ratios);
  state.SetLabel("step");
}
BENCHMARK(two_threads)->Name("gae, two threads against one")->Iterations(41)->Arg(2048 * 2048);

}  // namespace
