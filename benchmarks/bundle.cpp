// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/reflect/bundle.hpp>
#include <bellman/reflect/estimate.hpp>
#include <bellman/reflect/estimators.hpp>
#include <bellman/reflect/name.hpp>

#include "measure.hpp"

#include <benchmark/benchmark.h>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

// Three estimators in one pass ("library") against the same three one after another ("by hand"), on columns that are
// each larger than most last-level caches, and together, at 2^26 steps, 1.7 GiB and more.

namespace {

namespace hana = boost::hana;
using bellman::reflect::name;
using column = std::vector<float>;
using flags = std::vector<std::uint8_t>;

struct recording {
  column rewards, values, ratios, value_after;
  flags terminated, truncated, own;

  explicit recording(std::size_t n)
      : rewards(n), values(n), ratios(n), value_after(n), terminated(n), truncated(n), own(n) {
    std::minstd_rand urbg(1);
    auto const draw = [&] { return static_cast<float>(urbg() % 1000) / 1000; };
    for (std::size_t t = 0; t < n; ++t) {
      rewards[t] = draw();
      values[t] = draw();
      ratios[t] = 2 * draw();
      value_after[t] = draw();
      terminated[t] = urbg() % 500 == 0;
      truncated[t] = urbg() % 500 == 0;
      own[t] = urbg() % 20 != 0;
    }
    if (n > 0) terminated[n - 1] = 1;
  }

  auto steps() const {
    return bellman::recorded_steps{.terminated = std::span(terminated),
                                   .truncated = std::span(truncated),
                                   .value_after = std::span(value_after),
                                   .own = std::span(own)};
  }
  template <class Steps>
  auto sequence(Steps const& its_steps) const {
    return hana::make_map(
        hana::make_pair(name<"rewards">, std::span(rewards)), hana::make_pair(name<"values">, std::span(values)),
        hana::make_pair(name<"ratios">, std::span(ratios)), hana::make_pair(name<"steps">, its_steps));
  }
};

// Returns to go, lambda-returns and TD errors: three outputs.
struct light {
  column returns, lambda_returns, errors;

  explicit light(std::size_t n) : returns(n), lambda_returns(n), errors(n) {}
  friend bool operator==(light const&, light const&) = default;

  template <class Steps>
  [[gnu::noinline]] void together(recording const& r, Steps const& steps, float gamma) {
    bellman::reflect::estimate(
        r.sequence(steps),
        bellman::reflect::bundle(bellman::reflect::returns_to_go(gamma),
                                 bellman::reflect::lambda_returns({.gamma = gamma, .lambda = 0.95}),
                                 bellman::reflect::td_errors(gamma)),
        hana::make_map(hana::make_pair(name<"returns_to_go">, std::span(returns)),
                       hana::make_pair(name<"lambda_returns">, std::span(lambda_returns)),
                       hana::make_pair(name<"td_errors">, std::span(errors))));
  }
  template <class Steps>
  [[gnu::noinline]] void one_after_another(recording const& r, Steps const& steps, float gamma) {
    bellman::returns_to_go(r.rewards, steps, gamma, returns.begin());
    bellman::lambda_returns(r.rewards, r.values, steps, {.gamma = gamma, .lambda = 0.95}, lambda_returns.begin());
    bellman::td_errors(r.rewards, r.values, steps, gamma, errors.begin());
  }
};

// Returns to go, GAE and V-trace: five outputs.
struct heavy {
  column returns, advantages, lambda_returns, targets, weighted_advantages;

  explicit heavy(std::size_t n) : returns(n), advantages(n), lambda_returns(n), targets(n), weighted_advantages(n) {}
  friend bool operator==(heavy const&, heavy const&) = default;

  template <class Steps>
  [[gnu::noinline]] void together(recording const& r, Steps const& steps, float gamma) {
    bellman::reflect::estimate(
        r.sequence(steps),
        bellman::reflect::bundle(bellman::reflect::returns_to_go(gamma),
                                 bellman::reflect::gae({.gamma = gamma, .lambda = 0.95}),
                                 bellman::reflect::vtrace({.gamma = gamma})),
        hana::make_map(hana::make_pair(name<"returns_to_go">, std::span(returns)),
                       hana::make_pair(name<"gae">, bellman::advantages_and_returns{std::span(advantages),
                                                                                    std::span(lambda_returns)}),
                       hana::make_pair(name<"vtrace">,
                                       bellman::vtrace_estimates{std::span(targets), std::span(weighted_advantages)})));
  }
  template <class Steps>
  [[gnu::noinline]] void one_after_another(recording const& r, Steps const& steps, float gamma) {
    bellman::returns_to_go(r.rewards, steps, gamma, returns.begin());
    bellman::gae(r.rewards, r.values, steps, {.gamma = gamma, .lambda = 0.95}, advantages.begin(),
                 lambda_returns.begin());
    bellman::vtrace(r.rewards, r.values, r.ratios, steps, {.gamma = gamma}, targets.begin(),
                    weighted_advantages.begin());
  }
};

template <class Three, bool OneEpisode>
void bundle(benchmark::State& state) {
  auto const n = static_cast<std::size_t>(state.range(0));
  recording const r(n);
  Three out(n);
  float const gamma = measure::unknown(0.99f);

  auto const measured = [&](auto const& steps) {
    {
      Three expected(n);
      expected.one_after_another(r, steps, gamma);
      out.together(r, steps, gamma);
      if (!(out == expected)) {
        state.SkipWithError("the estimates of the bundle are not those of the estimators");
        return;
      }
    }
    measure::side_by_side(
        state, n,
        [&] {
          out.together(r, steps, gamma);
          benchmark::ClobberMemory();
        },
        [&] {
          out.one_after_another(r, steps, gamma);
          benchmark::ClobberMemory();
        });
    state.SetLabel("step");
  };
  if constexpr (OneEpisode) {
    measured(bellman::terminated{});
  } else {
    measured(r.steps());
  }
}

constexpr int large = 1 << 26;

BENCHMARK(bundle<light, false>)->Name("bundle: return, lambda, TD, flags")->Iterations(9)->Arg(large);
BENCHMARK(bundle<light, true>)->Name("bundle: return, lambda, TD")->Iterations(9)->Arg(large);
BENCHMARK(bundle<heavy, false>)->Name("bundle: return, GAE, V-trace, flags")->Iterations(9)->Arg(large);
BENCHMARK(bundle<heavy, true>)->Name("bundle: return, GAE, V-trace")->Iterations(9)->Arg(large);

}  // namespace
