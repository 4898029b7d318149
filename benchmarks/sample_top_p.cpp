// SPDX-License-Identifier: BSL-1.0

// A token by top-p from a vocabulary of 50,000: without sorting it, against sorting all of it. Peaked logits are as a
// trained model gives them: a few tokens are far likelier than the rest, whose logits are spread as a normal
// distribution. Flat ones are all next to each other, so that most of the vocabulary is kept.
#include <bellman/language/sample_top_p.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/probability/internal/unit_interval.hpp>

#include "measure.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace {

constexpr std::size_t tokens = 50'000;
constexpr double p = 0.9;

std::vector<float> normal_logits(double spread) {
  std::mt19937 urbg(7);
  std::normal_distribution<double> normal(0, spread);
  std::vector<float> z(tokens);
  for (float& x : z) x = static_cast<float>(normal(urbg));
  return z;
}
std::vector<float> peaked() {
  auto z = normal_logits(2.5);
  for (std::size_t k = 0; k < 20; ++k) z[(k * 7919) % tokens] = 18.0f - 0.6f * static_cast<float>(k);
  return z;
}
std::vector<float> flat() { return normal_logits(0.1); }

struct candidate {
  float logit;
  bellman::token id;
};

// As text generators do it: sort, exponentials, a running sum up to p, a walk.
struct by_sorting {
  std::vector<candidate> all{};
  std::vector<double> weights{};

  bellman::token operator()(std::vector<float> const& z, std::mt19937_64& urbg) {
    all.clear();
    for (float const x : z) all.push_back({x, static_cast<bellman::token>(all.size())});
    std::sort(all.begin(), all.end(), [](candidate const& a, candidate const& b) {
      return a.logit > b.logit || (a.logit == b.logit && a.id < b.id);
    });
    weights.clear();
    double total = 0;
    for (candidate const& c : all) {
      weights.push_back(std::exp(static_cast<double>(c.logit) - static_cast<double>(all.front().logit)));
      total += weights.back();
    }
    std::size_t kept = 0;
    double mass = 0;
    while (kept < all.size() && mass < p * total) mass += weights[kept++];
    double left = bellman::internal::draw_from_unit_interval(urbg) * mass;
    std::size_t k = 0;
    while (k + 1 < kept && (left -= weights[k]) >= 0) ++k;
    return all[k].id;
  }
};

template <std::vector<float> (*Logits)()>
void top_p(benchmark::State& state) {
  auto const z = Logits();
  std::mt19937_64 ours(1), theirs(1);
  by_sorting sorted;
  measure::side_by_side(
      state, 1, [&] { benchmark::DoNotOptimize(bellman::sample_top_p(z, p, ours)); },
      [&] { benchmark::DoNotOptimize(sorted(z, theirs)); });
}

BENCHMARK(top_p<peaked>)->Name("Top-p of 50,000 tokens, peaked")->Iterations(51);
BENCHMARK(top_p<flat>)->Name("Top-p of 50,000 tokens, flat")->Iterations(51);

}  // namespace
