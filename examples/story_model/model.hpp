// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "cache.hpp"
#include "parameters.hpp"
#include "products.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// A language model of the Llama-2 architecture (Touvron et al. 2023): a norm by the root mean square, attention with
// rotary positions, a feed-forward part with a gate.
namespace story_model {

using token = std::uint32_t;

/// Where a token stands: in which sequence of a cache, and behind how many others.
struct place {
  std::size_t sequence;
  std::size_t position;
};

/// What a layer computes, a row for each token.
template <class Number>
struct layer_results {
  std::vector<Number> input{}, normed{}, query{}, key{}, value{}, attended{}, middle{}, middle_normed{}, gate{}, up{},
      gated{};
  std::vector<Number> scale{}, middle_scale{};  ///< for each token 1 / root mean square
  std::vector<Number> attention{};              ///< for each head and token a row over positions
  std::size_t next_attention = 0;               ///< how far apart these rows lie
};

/// What a forward pass computes: that of every layer, which a backward pass needs, or only of the one it is at.
template <class Number>
class results {
 public:
  static results of_one_layer() { return results(1, false); }
  static results of_every_layer(shape const& s) { return results(s.layers, true); }

  /// Room for so many tokens and positions; what was there is lost.
  void resize(shape const& s, std::size_t tokens, std::size_t positions) {
    std::size_t const d = tokens * s.dimension, kv = tokens * s.kv_dimension(), h = tokens * s.hidden;
    for (layer_results<Number>& r : layers_) {
      for (auto* x : {&r.input, &r.normed, &r.query, &r.attended, &r.middle, &r.middle_normed}) x->resize(d);
      for (auto* x : {&r.key, &r.value}) x->resize(kv);
      for (auto* x : {&r.gate, &r.up, &r.gated}) x->resize(h);
      for (auto* x : {&r.scale, &r.middle_scale}) x->resize(tokens);
      r.next_attention = keeps_ ? positions : 0;
      r.attention.resize((keeps_ ? s.heads * tokens : s.queries_for_a_key()) * positions);
    }
    for (auto* x : {&stream, &normed}) x->resize(d);
    scale.resize(tokens);
    logits.resize(tokens * s.vocabulary);
  }

  layer_results<Number>& layer(std::size_t l) { return layers_[keeps_ ? l : 0]; }

  std::vector<Number> stream{}, normed{}, scale{}, logits{};  ///< of the last layer

 private:
  results(std::size_t layers, bool its_keeps) : layers_(layers), keeps_(its_keeps) {}

  std::vector<layer_results<Number>> layers_;
  bool keeps_;
};

template <class Number>
class model {
 public:
  /// The weights lie as `parameters` says.
  model(story_model::shape const& its_shape, std::vector<Number> its_weights)
      : shape_(its_shape), where_(shape_), weights_(std::move(its_weights)), transposed_(weights_.size()) {
    // The angle of the pair of numbers i at position t is t 10000^(-2 i / n).
    std::size_t const pairs = shape_.head_size() / 2;
    for (std::size_t t = 0; t < shape_.context; ++t) {
      for (std::size_t i = 0; i < pairs; ++i) {
        double const angle =
            static_cast<double>(t) * std::pow(10000.0, -static_cast<double>(i) / static_cast<double>(pairs));
        rotations_.push_back({Number(std::cos(angle)), Number(std::sin(angle))});
      }
    }
    transpose();
  }

  story_model::shape const& shape() const { return shape_; }
  parameters const& where() const { return where_; }
  std::span<Number const> weights() const { return weights_; }

  /// Other weights in their place: `change(span)` writes them.
  template <class Change>
  void change(Change const& change) {
    change(std::span<Number>(weights_));
    transpose();
  }

  Number const* at(matrix const& m) const { return &weights_[m.at]; }

  /// The logits of the token behind each of these: a row of `shape().vocabulary` numbers for each. The places' own keys
  /// and values are written to the cache, which has in it those of the positions before, if they are not among the
  /// tokens themselves; places of one sequence stand in order of their positions. Throws `std::overflow_error` where
  /// a layer's numbers are so large that their squares overflow.
  std::span<Number const> forward(std::span<token const> tokens, std::span<place const> places, cache<Number>& past,
                                  results<Number>& r) const {
    std::size_t const n = tokens.size(), d = shape_.dimension;
    r.resize(shape_, n, past.row());
    for (std::size_t k = 0; k < n; ++k) std::copy_n(at(where_.embedding()) + tokens[k] * d, d, &r.stream[k * d]);
    for (std::size_t l = 0; l < shape_.layers; ++l) forward(l, places, past, r.layer(l), r.stream);
    norm(r.stream, where_.final_norm(), r.normed, r.scale);
    multiply(r.normed, where_.embedding(), r.logits);
    return r.logits;
  }

  /// `to = from W^T`, row by row.
  void multiply(std::vector<Number> const& from, matrix const& m, std::vector<Number>& to) const {
    std::fill(to.begin(), to.end(), Number(0));
    add_multiplied(from, m, to);
  }
  void add_multiplied(std::vector<Number> const& from, matrix const& m, std::vector<Number>& to) const {
    add_product<Number>({from.data(), m.inputs, 1}, {&transposed_[m.at], m.outputs}, {to.data(), m.outputs},
                        {from.size() / m.inputs, m.inputs, m.outputs});
  }

  /// Turns the pairs of numbers of each head by the angles of the place, or back.
  template <bool back = false>
  void rotate(std::vector<Number>& rows, std::size_t heads, std::span<place const> places) const {
    std::size_t const pairs = shape_.head_size() / 2;
    Number* x = rows.data();
    for (place const& p : places) {
      rotation const* const all = &rotations_[p.position * pairs];
      for (std::size_t head = 0; head < heads; ++head) {
        for (std::size_t i = 0; i < pairs; ++i, x += 2) {
          Number const cosine = all[i].cosine, sine = back ? -all[i].sine : all[i].sine;
          Number const a = x[0], b = x[1];
          x[0] = a * cosine - b * sine;
          x[1] = a * sine + b * cosine;
        }
      }
    }
  }

 private:
  struct rotation {
    Number cosine, sine;
  };

  void transpose() {
    where_.for_each_matrix([this](matrix const& m) {
      for (std::size_t i = 0; i < m.outputs; ++i) {
        for (std::size_t j = 0; j < m.inputs; ++j) {
          transposed_[m.at + j * m.outputs + i] = weights_[m.at + i * m.inputs + j];
        }
      }
    });
  }

  void forward(std::size_t l, std::span<place const> places, cache<Number>& past, layer_results<Number>& r,
               std::vector<Number>& stream) const {
    layer_parameters const p = where_.layer(l);
    std::copy(stream.begin(), stream.end(), r.input.begin());
    norm(r.input, p.attention_norm, r.normed, r.scale);
    multiply(r.normed, p.query, r.query);
    multiply(r.normed, p.key, r.key);
    multiply(r.normed, p.value, r.value);
    rotate(r.query, shape_.heads, places);
    rotate(r.key, shape_.kv_heads, places);
    remember(l, places, r, past);
    attend(l, places, past, r);
    add_multiplied(r.attended, p.output, stream);

    std::copy(stream.begin(), stream.end(), r.middle.begin());
    norm(r.middle, p.feed_forward_norm, r.middle_normed, r.middle_scale);
    multiply(r.middle_normed, p.gate, r.gate);
    multiply(r.middle_normed, p.up, r.up);
    in_pieces<Number>(r.gate.size(), [&]<std::size_t Width>(std::size_t i) {
      using pack = bellman::pack<Number, Width>;
      pack const x = pack::loaded(&r.gate[i]);
      (x / (pack(Number(1)) + exp(-x)) * pack::loaded(&r.up[i])).store(&r.gated[i]);
    });
    add_multiplied(r.gated, p.down, stream);
  }

  // y = w x / sqrt(mean x^2 + 1e-5)
  void norm(std::vector<Number> const& x, matrix const& m, std::vector<Number>& y, std::vector<Number>& scale) const {
    std::size_t const d = m.inputs;
    Number const* const w = at(m);
    for (std::size_t k = 0; k < scale.size(); ++k) {
      Number const* const from = &x[k * d];
      Number* const to = &y[k * d];
      Number squares(0);
      for (std::size_t i = 0; i < d; ++i) squares = squares + from[i] * from[i];
      if (!bellman::is_finite(squares)) {
        throw std::overflow_error("token " + std::to_string(k) + " of " + std::to_string(scale.size()) +
                                  ": its numbers are so large that their squares overflow; weights must be smaller");
      }
      scale[k] = Number(1) / bellman::sqrt(squares / Number(static_cast<int>(d)) + Number(1e-5));
      for (std::size_t i = 0; i < d; ++i) to[i] = w[i] * (from[i] * scale[k]);
    }
  }

  void remember(std::size_t l, std::span<place const> places, layer_results<Number> const& r,
                cache<Number>& past) const {
    std::size_t const kv = shape_.kv_dimension();
    for (std::size_t k = 0; k < places.size(); ++k) {
      place const& p = places[k];
      Number* const keys = past.keys(l, p.sequence) + p.position;
      for (std::size_t i = 0; i < kv; ++i) keys[i * past.row()] = r.key[k * kv + i];
      std::copy_n(&r.value[k * kv], kv, past.values(l, p.sequence) + p.position * kv);
    }
  }

  // softmax(q k / sqrt(n)) v over the positions up to the token's own, of all heads that share keys and values at once.
  void attend(std::size_t l, std::span<place const> places, cache<Number>& past, layer_results<Number>& r) const {
    std::size_t const size = shape_.head_size(), kv = shape_.kv_dimension(), row = past.row();
    std::size_t const together = shape_.queries_for_a_key();
    std::fill(r.attended.begin(), r.attended.end(), Number(0));
    for (std::size_t k = 0; k < places.size(); ++k) {
      place const& p = places[k];
      std::size_t const n = p.position + 1;
      for (std::size_t head = 0; head < shape_.kv_heads; ++head) {
        std::size_t const first = k * shape_.heads + head * together;
        Number* const weights = &r.attention[first * r.next_attention];
        std::fill_n(weights, together * row, Number(0));
        add_product<Number>({&r.query[first * size], size, 1}, {past.keys(l, p.sequence) + head * size * row, row},
                            {weights, row}, {together, size, whole(n)});
        for (std::size_t i = 0; i < together; ++i) weigh(weights + i * row, n);
        add_product<Number>({weights, row, 1}, {past.values(l, p.sequence) + head * size, kv},
                            {&r.attended[first * size], size}, {together, n, size});
      }
    }
  }

  // n numbers, rounded up to whole registers.
  static std::size_t whole(std::size_t n) {
    constexpr std::size_t width = bellman::register_width<Number>;
    return (n + width - 1) / width * width;
  }

  // The softmax of n products of queries and keys; what stands behind them becomes 0.
  void weigh(Number* x, std::size_t n) const {
    constexpr std::size_t width = bellman::register_width<Number>;
    using pack = bellman::pack<Number, width>;
    pack const by = Number(1) / bellman::sqrt(Number(static_cast<int>(shape_.head_size())));
    std::size_t const end = whole(n);
    // Below whatever products there are, so that the exponential is 0.
    for (std::size_t t = n; t < end; ++t) x[t] = -std::numeric_limits<Number>::infinity();
    pack tops(x[0]);
    for (std::size_t t = 0; t < end; t += width) {
      pack const y = pack::loaded(x + t);
      tops = pack::select(pack::less(tops, y), y, tops);
    }
    Number most = tops[0];
    for (std::size_t i = 1; i < width; ++i) most = bellman::maximum(most, Number(tops[i]));
    pack sums(Number(0));
    for (std::size_t t = 0; t < end; t += width) {
      pack const e = exp((pack::loaded(x + t) - pack(most)) * by);
      e.store(x + t);
      sums = sums + e;
    }
    pack const share(Number(1) / total(sums));
    for (std::size_t t = 0; t < end; t += width) (pack::loaded(x + t) * share).store(x + t);
  }

  story_model::shape shape_;
  parameters where_;
  std::vector<Number> weights_, transposed_;
  std::vector<rotation> rotations_{};
};

}  // namespace story_model
