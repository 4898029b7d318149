// SPDX-License-Identifier: BSL-1.0
#include "story_model/model.hpp"
#include "story_model/decoder.hpp"
#include "story_model/random_model.hpp"
#include "story_model/text_pass.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <random>
#include <span>
#include <stdexcept>
#include <vector>

#include "support/catch.hpp"

namespace story_model_test {

using story_model::matrix;
using story_model::model;
using story_model::shape;
using story_model::token;

constexpr shape small{16, 12, 2, 4, 2, 11, 48};

template <class Number>
model<Number> some_model() {
  std::mt19937 urbg(3);
  auto m = story_model::random_model<Number>(small, urbg);
  // Norms of their own, too.
  m.change([](std::span<Number> w) {
    for (std::size_t k = 0; k < w.size(); ++k) w[k] += Number(0.1 * std::sin(static_cast<double>(k)));
  });
  return m;
}

std::vector<token> some_tokens(std::size_t n, unsigned seed = 5) {
  std::mt19937 urbg(seed);
  std::vector<token> all{story_model::begin_of_text};
  while (all.size() < n) all.push_back(static_cast<token>(urbg() % small.vocabulary));
  return all;
}

// The formulas of the architecture, one after another, for one token after another.
class plainly {
 public:
  explicit plainly(model<double> const& its_model) : m_(its_model), keys_(small.layers), values_(small.layers) {}

  std::vector<double> logits(token t) {
    std::size_t const position = keys_[0].size(), size = small.head_size();
    auto x = row(m_.where().embedding(), t);
    for (std::size_t l = 0; l < small.layers; ++l) {
      auto const p = m_.where().layer(l);
      auto const n = norm(x, p.attention_norm);
      auto q = times(p.query, n), k = times(p.key, n);
      rotate(q, position);
      rotate(k, position);
      keys_[l].push_back(k);
      values_[l].push_back(times(p.value, n));
      std::vector<double> o(small.dimension, 0);
      for (std::size_t h = 0; h < small.heads; ++h) {
        std::size_t const kv = h / 2 * size;
        std::vector<double> e;
        for (auto const& key : keys_[l]) {
          double const s = std::inner_product(&q[h * size], &q[h * size] + size, &key[kv], 0.0);
          e.push_back(std::exp(s / std::sqrt(static_cast<double>(size))));
        }
        double const all = std::accumulate(e.begin(), e.end(), 0.0);
        for (std::size_t s = 0; s < e.size(); ++s) {
          for (std::size_t i = 0; i < size; ++i) o[h * size + i] += e[s] / all * values_[l][s][kv + i];
        }
      }
      add(x, times(p.output, o));
      auto const f = norm(x, p.feed_forward_norm);
      auto g = times(p.gate, f);
      auto const u = times(p.up, f);
      for (std::size_t i = 0; i < g.size(); ++i) g[i] = g[i] / (1 + std::exp(-g[i])) * u[i];
      add(x, times(p.down, g));
    }
    return times(m_.where().embedding(), norm(x, m_.where().final_norm()));
  }

 private:
  std::vector<double> row(matrix const& m, std::size_t i) const {
    return {m_.at(m) + i * m.inputs, m_.at(m) + (i + 1) * m.inputs};
  }
  std::vector<double> times(matrix const& m, std::vector<double> const& x) const {
    std::vector<double> y;
    for (std::size_t i = 0; i < m.outputs; ++i) {
      auto const w = row(m, i);
      y.push_back(std::inner_product(w.begin(), w.end(), x.begin(), 0.0));
    }
    return y;
  }
  std::vector<double> norm(std::vector<double> const& x, matrix const& m) const {
    double const mean = std::inner_product(x.begin(), x.end(), x.begin(), 0.0) / static_cast<double>(x.size());
    std::vector<double> y;
    for (std::size_t i = 0; i < x.size(); ++i) y.push_back(m_.at(m)[i] * x[i] / std::sqrt(mean + 1e-5));
    return y;
  }
  static void rotate(std::vector<double>& x, std::size_t position) {
    for (std::size_t i = 0; i < x.size(); i += 2) {
      auto const in_head = static_cast<double>(i % small.head_size());
      double const angle =
          static_cast<double>(position) / std::pow(10000.0, in_head / static_cast<double>(small.head_size()));
      double const a = x[i], b = x[i + 1];
      x[i] = a * std::cos(angle) - b * std::sin(angle);
      x[i + 1] = a * std::sin(angle) + b * std::cos(angle);
    }
  }
  static void add(std::vector<double>& x, std::vector<double> const& y) {
    for (std::size_t i = 0; i < x.size(); ++i) x[i] += y[i];
  }

  model<double> const& m_;
  std::vector<std::vector<std::vector<double>>> keys_, values_;
};

double farthest(std::span<double const> a, std::span<double const> b) {
  REQUIRE(a.size() == b.size());
  double most = 0;
  for (std::size_t k = 0; k < a.size(); ++k) most = std::max(most, std::abs(a[k] - b[k]));
  return most;
}

TEST_CASE("the model computes what the formulas say, token by token and all at once") {
  auto const m = some_model<double>();
  auto const tokens = some_tokens(39);
  plainly right(m);
  story_model::decoder<double> by_token(m, 1, 39), at_once(m, 1, 39);
  story_model::text_pass<double> whole(m, 41);
  auto const all = at_once.feed(tokens, 0);
  auto const kept = whole.forward(tokens);
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    auto const expected = right.logits(tokens[t]);
    CHECK(farthest(by_token.feed(std::span(tokens).subspan(t, 1), 0), expected) < 1e-11);
    CHECK(farthest(all.subspan(t * 11, 11), expected) < 1e-11);
    CHECK(farthest(kept.subspan(t * 11, 11), expected) < 1e-11);
  }
}

TEST_CASE("a sequence is the same beside others, whatever their lengths") {
  auto const m = some_model<float>();
  std::vector<std::vector<token>> texts;
  for (std::size_t k = 0; k < 7; ++k) texts.push_back(some_tokens(5 + 4 * k, static_cast<unsigned>(k)));
  story_model::decoder<float> together(m, texts.size(), 40);
  std::vector<std::vector<float>> last(texts.size());
  for (std::size_t t = 0; t < 40; ++t) {
    std::vector<token> now;
    std::vector<std::size_t> sequences;
    for (std::size_t k = 0; k < texts.size(); ++k) {
      if (t >= texts[k].size()) continue;
      now.push_back(texts[k][t]);
      sequences.push_back(k);
    }
    if (now.empty()) break;
    auto const logits = together.feed(now, sequences);
    for (std::size_t k = 0; k < sequences.size(); ++k) {
      last[sequences[k]].assign(logits.begin() + static_cast<std::ptrdiff_t>(k * 11),
                                logits.begin() + static_cast<std::ptrdiff_t>(k * 11 + 11));
    }
  }
  for (std::size_t k = 0; k < texts.size(); ++k) {
    story_model::decoder<float> alone(m, 1, texts[k].size());
    auto const logits = alone.feed(texts[k], 0).last(11);
    CHECK(together.length(k) == texts[k].size());
    for (std::size_t i = 0; i < 11; ++i) CHECK(std::abs(logits[i] - last[k][i]) < 1e-5f);
  }
}

TEST_CASE("what begins as another goes on as it would") {
  auto const m = some_model<double>();
  auto const tokens = some_tokens(20);
  story_model::decoder<double> first(m, 2, 20), second(m, 3, 33);
  first.feed(some_tokens(9, 8), 0);
  auto const all = first.feed(tokens, 1);
  std::vector<double> const expected(all.end() - 11, all.end());
  second.feed(some_tokens(12, 9), 2);
  second.begin_as(2, first, 1, 13);
  CHECK(second.length(2) == 13);
  CHECK(farthest(second.feed(std::span(tokens).subspan(13), 2).last(11), expected) < 1e-12);
  CHECK(first.length(1) == 20);
}

TEST_CASE("a sequence takes no more tokens than it has room for, nor than the model reads") {
  auto const m = some_model<float>();
  story_model::decoder<float> d(m, 2, 3);
  d.feed(some_tokens(3), 0);
  CHECK_THROWS_AS(d.feed(some_tokens(1), 0), std::length_error);
  CHECK_THROWS_AS(d.feed(some_tokens(4), 1), std::length_error);
  CHECK(d.length(1) == 0);
  CHECK(d.feed(some_tokens(3), 1).size() == 33);
  CHECK_NOTHROW(story_model::decoder<float>(m, 1, 48));
  CHECK_THROWS_AS(story_model::decoder<float>(m, 1, 49), std::length_error);
  // One that is named twice needs room for two.
  story_model::decoder<float> twice(m, 2, 3);
  twice.feed(some_tokens(2), 1);
  CHECK_THROWS_AS(twice.feed(some_tokens(3), std::vector<std::size_t>{0, 1, 1}), std::length_error);
  CHECK(twice.length(0) == 0);
  CHECK(twice.length(1) == 2);
  CHECK(twice.feed(some_tokens(2), std::vector<std::size_t>{0, 1}).size() == 22);
  // What begins as another takes no more than that has, nor than there is room for.
  story_model::decoder<float> longer(m, 1, 5);
  longer.feed(some_tokens(4), 0);
  CHECK_THROWS_AS(twice.begin_as(0, longer, 0, 4), std::length_error);
  CHECK_THROWS_AS(longer.begin_as(0, twice, 0, 2), std::length_error);
  CHECK(longer.length(0) == 4);
  CHECK_NOTHROW(twice.begin_as(0, longer, 0, 3));
}

TEST_CASE("a text that is passed whole is no longer than there is room for, nor than the model reads") {
  auto const m = some_model<float>();
  story_model::text_pass<float> pass(m, 16);
  CHECK_THROWS_AS(pass.forward(some_tokens(17)), std::length_error);
  CHECK(pass.forward(some_tokens(16)).size() == 16 * 11);
  CHECK_THROWS_AS(story_model::text_pass<float>(m, 49), std::length_error);
}

TEST_CASE("attention is what it is, however small all products of queries and keys are") {
  // A query that is minus its key, so large that their product is far below -1e6: where there is but one position, it
  // has the whole weight, as with a key of 0.
  auto m = some_model<float>(), without = m;
  auto const& where = m.where();
  for (std::size_t l = 0; l < small.layers; ++l) {
    auto const p = where.layer(l);
    m.change([&](std::span<float> w) {
      for (std::size_t h = 0; h < small.heads; ++h) {
        for (std::size_t k = 0; k < small.head_size() * small.dimension; ++k) {
          std::size_t const key = p.key.at + h / 2 * small.head_size() * small.dimension + k;
          w[p.query.at + h * small.head_size() * small.dimension + k] = -1e7f * w[key];
        }
      }
    });
    without.change([&](std::span<float> w) { std::fill_n(&w[p.key.at], p.key.size(), 0.0f); });
  }
  auto const one = some_tokens(1);
  story_model::decoder<float> d(m, 1, 1), other(without, 1, 1);
  auto const logits = d.feed(one, 0), expected = other.feed(one, 0);
  for (std::size_t i = 0; i < logits.size(); ++i) CHECK(logits[i] == expected[i]);
}

TEST_CASE("log-probabilities are those of a softmax of the logits before them") {
  auto const m = some_model<double>();
  auto const tokens = some_tokens(17);
  auto const found = story_model::log_probabilities<double>(m, tokens);
  REQUIRE(found.size() == 16);
  plainly right(m);
  for (std::size_t t = 0; t + 1 < tokens.size(); ++t) {
    auto const logits = right.logits(tokens[t]);
    double all = 0;
    for (double const z : logits) all += std::exp(z);
    CHECK(std::abs(found[t] - (logits[tokens[t + 1]] - std::log(all))) < 1e-11);
  }
  CHECK(story_model::log_probabilities<double>(m, std::span(tokens).first(1)).empty());
}

TEST_CASE("weights that overflow are no weights") {
  auto m = some_model<float>();
  m.change([](std::span<float> w) { w[small.dimension] = 1e30f; });  // of token 1
  CHECK_THROWS_AS(story_model::log_probabilities<float>(m, some_tokens(3)), std::overflow_error);
}

// A loss of all logits and features, as good as any.
double loss(std::span<double const> logits, std::span<double const> features) {
  double total = 0;
  for (std::size_t k = 0; k < logits.size(); ++k) {
    total += std::sin(1.7 * static_cast<double>(k)) * logits[k] * logits[k] / 2;
  }
  for (std::size_t k = 0; k < features.size(); ++k) total += std::cos(1.3 * static_cast<double>(k)) * features[k];
  return total;
}

TEST_CASE("the backward pass gives the derivative in every weight, by differences") {
  auto const m = some_model<double>();
  auto const tokens = some_tokens(37);  // more than are taken at a time
  story_model::text_pass<double> pass(m, 40);
  // A text before, of which nothing may be left.
  pass.forward(some_tokens(40, 77));
  auto const logits = pass.forward(tokens);
  std::vector<double> of_logits, of_features;
  for (std::size_t k = 0; k < logits.size(); ++k) {
    of_logits.push_back(std::sin(1.7 * static_cast<double>(k)) * logits[k]);
  }
  for (std::size_t k = 0; k < pass.features().size(); ++k)
    of_features.push_back(std::cos(1.3 * static_cast<double>(k)));
  std::vector<double> gradient(m.weights().size(), 1.0);
  pass.backward(of_logits, gradient, of_features);
  auto moved_model = m;
  story_model::text_pass<double> moved(moved_model, 40);
  auto const at = [&](std::size_t k, double by) {
    moved_model.change([&](std::span<double> w) { w[k] = m.weights()[k] + by; });
    auto const z = moved.forward(tokens);
    return loss(z, moved.features());
  };
  for (std::size_t k = 0; k < gradient.size(); ++k) {
    double const right = (at(k, 1e-5) - at(k, -1e-5)) / 2e-5;
    moved_model.change([&](std::span<double> w) { w[k] = m.weights()[k]; });
    // It is added to what is there.
    if (!(std::abs(gradient[k] - 1 - right) < 1e-7 * (1 + std::abs(right)))) {
      CAPTURE(k);
      CHECK(gradient[k] - 1 == right);
    }
  }
  // Without features the derivative is that of the logits alone.
  std::vector<double> alone(gradient.size(), 0.0), both(gradient.size(), 0.0);
  pass.forward(tokens);
  pass.backward(of_logits, alone);
  pass.backward(of_logits, both, std::vector<double>(of_features.size(), 0.0));
  CHECK(alone == both);
}

}  // namespace story_model_test
